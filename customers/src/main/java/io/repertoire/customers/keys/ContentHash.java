package io.repertoire.customers.keys;

import io.repertoire.schemas.state.NormalisedCustomer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * Whether two submissions say the same: a hash over what is held, and over nothing of file, line or time (DESIGN §8).
 *
 * <p>Hashed is every field that holds something, by its name, so that a field added to the contract later changes no hash of
 * records that do not use it. Of a contact point counts its normalised value and not how it was typed, nor what lists and
 * numbering plans say of it today; of a consent everything but when it was recorded.
 */
public final class ContentHash {

    /** Bytes of a hash. */
    public static final int LENGTH = 16;

    private static final byte END = 0;
    private static final byte TEXT = 1;
    private static final byte OPEN = 2;

    private static final Set<String> OF_CONTACT_POINT = Set.of("quality", "region", "kind");
    private static final Set<String> OF_CONSENT = Set.of("recorded_at");

    private byte[] buffer = new byte[512];
    private int size;

    private ContentHash() {}

    /** The first {@value #LENGTH} bytes of a SHA-256. Equal contents give equal hashes on every machine and in every version. */
    public static byte[] of(NormalisedCustomer customer) {
        ContentHash canonical = new ContentHash();
        canonical.record(customer);
        return Arrays.copyOf(Sha256.of(canonical.buffer, canonical.size), LENGTH);
    }

    private void record(IndexedRecord record) {
        Shape shape = Shape.of(record);
        put(OPEN);
        for (int i = 0; i < shape.names.length; i++) {
            byte[] name = shape.names[i];
            if (name.length == 0 || (i == shape.raw && record.get(shape.value) != null)) {
                continue;
            }
            Object value = record.get(i);
            if (!isEmpty(value)) {
                reserve(name.length);
                System.arraycopy(name, 0, buffer, size, name.length);
                size += name.length;
                value(value);
            }
        }
        put(END);
    }

    private void value(@Nullable Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof IndexedRecord record) {
            record(record);
        } else if (value instanceof Collection<?> list) {
            put(OPEN);
            for (Object element : list) {
                value(element);
            }
            put(END);
        } else if (value instanceof Map<?, ?> map) {
            put(OPEN);
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put(k.toString(), v));
            sorted.forEach((k, v) -> {
                text(k);
                value(v);
            });
            put(END);
        } else {
            text(String.valueOf(value));
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    /** Length first, so that no two sequences of texts read alike. */
    private void text(String s) {
        int n = s.length();
        reserve(n + 5);
        buffer[size] = TEXT;
        int start = size + 5;
        for (int i = 0; i < n; i++) {
            char c = s.charAt(i);
            if (c >= 0x80) {
                bytes(s.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[start + i] = (byte) c;
        }
        length(n);
        size = start + n;
    }

    private void bytes(byte[] utf8) {
        reserve(utf8.length + 5);
        buffer[size] = TEXT;
        length(utf8.length);
        System.arraycopy(utf8, 0, buffer, size + 5, utf8.length);
        size += 5 + utf8.length;
    }

    private void length(int n) {
        buffer[size + 1] = (byte) (n >>> 24);
        buffer[size + 2] = (byte) (n >>> 16);
        buffer[size + 3] = (byte) (n >>> 8);
        buffer[size + 4] = (byte) n;
    }

    private void put(byte b) {
        reserve(1);
        buffer[size++] = b;
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** What is hashed of a class of records, worked out once. */
    private static final class Shape {

        private static final ClassValue<Shape> OF_CLASS = new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                return new Shape(SpecificData.get().getSchema(type));
            }
        };

        /** By position: the field's name as it is hashed; empty if it says how or when, and not what. */
        private final byte[][] names;
        /** Where a contact point holds how it was typed, -1 for others: it counts only if nothing better is held. */
        private final int raw;
        /** Where a contact point holds its normalised value. */
        private final int value;

        private Shape(Schema schema) {
            List<Schema.Field> fields = schema.getFields();
            Set<String> skipped =
                    switch (schema.getName()) {
                        case "HeldEmail", "HeldPhone" -> OF_CONTACT_POINT;
                        case "HeldConsent" -> OF_CONSENT;
                        default -> Set.of();
                    };
            names = new byte[fields.size()][];
            for (int i = 0; i < names.length; i++) {
                String name = fields.get(i).name();
                var canonical = new ContentHash();
                if (!skipped.contains(name)) {
                    canonical.text(name);
                }
                names[i] = Arrays.copyOf(canonical.buffer, canonical.size);
            }
            raw = skipped == OF_CONTACT_POINT ? schema.getField("raw").pos() : -1;
            value = raw + 1;
        }

        static Shape of(IndexedRecord record) {
            return OF_CLASS.get(record.getClass());
        }
    }
}
