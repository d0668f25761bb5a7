package io.repertoire.customers;

import io.repertoire.schemas.state.NormalisedCustomer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
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

    private byte[] buffer = new byte[512];
    private int size;

    private ContentHash() {}

    /** The first {@value #LENGTH} bytes of a SHA-256. Equal contents give equal hashes on every machine and in every version. */
    public static byte[] of(NormalisedCustomer customer) {
        ContentHash canonical = new ContentHash();
        canonical.record(customer);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(canonical.buffer, 0, canonical.size);
            return Arrays.copyOf(sha256.digest(), LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void record(IndexedRecord record) {
        Schema schema = record.getSchema();
        List<Schema.Field> fields = schema.getFields();
        Skipped skipped = Skipped.of(schema.getName(), record);
        put(OPEN);
        for (int i = 0; i < fields.size(); i++) {
            Object value = record.get(i);
            String name = fields.get(i).name();
            if (!isEmpty(value) && !skipped.skips(name)) {
                text(name);
                value(value);
            }
        }
        put(END);
    }

    private void value(@Nullable Object value) {
        if (value instanceof IndexedRecord record) {
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

    /** Fields of a record that say how or when, and not what. */
    private enum Skipped {
        NOTHING {
            @Override
            boolean skips(String field) {
                return false;
            }
        },
        /** Of a contact point with a value: how it was typed, and what is derived from it. */
        OF_CONTACT_POINT {
            @Override
            boolean skips(String field) {
                return field.equals("raw") || OF_RAW_CONTACT_POINT.skips(field);
            }
        },
        OF_RAW_CONTACT_POINT {
            @Override
            boolean skips(String field) {
                return field.equals("quality") || field.equals("region") || field.equals("kind");
            }
        },
        OF_CONSENT {
            @Override
            boolean skips(String field) {
                return field.equals("recorded_at");
            }
        };

        abstract boolean skips(String field);

        static Skipped of(String type, IndexedRecord record) {
            return switch (type) {
                case "HeldEmail", "HeldPhone" -> record.get(1) == null ? OF_RAW_CONTACT_POINT : OF_CONTACT_POINT;
                case "HeldConsent" -> OF_CONSENT;
                default -> NOTHING;
            };
        }
    }
}
