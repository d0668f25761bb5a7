package io.repertoire.customers;

import io.repertoire.schemas.AvroBody;
import io.repertoire.schemas.state.DryRunState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A directory's state as a dry run left it: what the run wrote, kept in {@link StateTable#DRY_RUN}, and beneath it the state itself,
 * as it is now. Nothing of a table's own changes through it.
 */
final class Overlay implements DirectoryView {

    /** Keys of one table, as all views give them. */
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final byte[] NO_PREFIX = {};

    private final DirectoryView under;
    private final String directory;
    private final String importId;
    private final Values values;

    Overlay(DirectoryView under, String directoryId, String importId, Values values) {
        this.under = under;
        this.directory = directoryId + '/';
        this.importId = importId;
        this.values = values;
    }

    @Override
    public String epoch() {
        return under.epoch();
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
        DryRunState written = under.get(StateTable.DRY_RUN, directory + id(table, key));
        return written == null ? under.get(table, key) : values.read(table, written);
    }

    @Override
    public List<String> keys(StateTable<?> table, String prefix, @Nullable String after, int limit) {
        var found = new ArrayList<String>();
        String own = directory + id(table, directory);
        String from = after;
        while (found.size() < limit) {
            List<String> held = under.keys(table, prefix, from, limit);
            List<String> written = under.keys(
                    StateTable.DRY_RUN,
                    directory + id(table, prefix),
                    from == null ? null : directory + id(table, from),
                    limit);
            var over = new HashSet<String>();
            for (String key : written) {
                over.add(directory + key.substring(own.length()));
            }
            var all = new TreeSet<>(BY_BYTES);
            all.addAll(held);
            all.addAll(over);
            // Behind the last key of a full page there may be others of the same list.
            String end = earlier(
                    held.size() < limit ? null : held.get(limit - 1),
                    written.size() < limit ? null : last(own, written));
            for (String key : end == null ? all : all.headSet(end, true)) {
                if (found.size() < limit && !(over.contains(key) && isDeleted(table, key))) {
                    found.add(key);
                }
            }
            if (end == null) {
                return found;
            }
            from = end;
        }
        return found;
    }

    private String last(String own, List<String> written) {
        return directory + written.get(written.size() - 1).substring(own.length());
    }

    private static @Nullable String earlier(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return BY_BYTES.compare(a, b) <= 0 ? a : b;
    }

    private boolean isDeleted(StateTable<?> table, String key) {
        DryRunState written = under.get(StateTable.DRY_RUN, directory + id(table, key));
        return written != null && written.getValue() == null;
    }

    /** Keeps what a row of the dry run changed where only the run itself finds it. */
    void keep(Decision decision, Workspace books) {
        for (StateChange<?> change : decision.changes()) {
            books.put(
                    StateTable.DRY_RUN,
                    id(change.table(), change.key()),
                    values.written(change.table(), change.value()));
        }
    }

    private String id(StateTable<?> table, String key) {
        return importPart(importId)
                + '/'
                + table.name()
                + '/'
                + (key.startsWith(directory) ? key.substring(directory.length()) : "");
    }

    /** An import id that anybody sent may hold a slash. */
    static String importPart(String importId) {
        return importId.replace("%", "%25").replace("/", "%2F");
    }

    static String importId(String importPart) {
        return importPart.replace("%2F", "/").replace("%25", "%");
    }

    /** Values of all tables as bytes. Thread-safe. */
    static final class Values {

        private record Codec<T extends SpecificRecord>(AvroBody<T> body, AvroBody.Reader<T> reader) {
            static <T extends SpecificRecord> Codec<T> of(StateTable<T> table) {
                var body = new AvroBody<>(table.type(), table.schema());
                return new Codec<>(body, body.readerOf(table.schema()));
            }
        }

        private final Map<String, Codec<?>> codecs = new ConcurrentHashMap<>();

        <T extends SpecificRecord> @Nullable T read(StateTable<T> table, DryRunState written) {
            ByteBuffer value = written.getValue();
            if (value == null) {
                return null;
            }
            var bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            return codec(table).reader().read(bytes, 0);
        }

        <T extends SpecificRecord> DryRunState written(StateTable<T> table, @Nullable SpecificRecord value) {
            return new DryRunState(
                    value == null
                            ? null
                            : ByteBuffer.wrap(codec(table)
                                    .body()
                                    .write(NO_PREFIX, table.type().cast(value))));
        }

        @SuppressWarnings("unchecked") // codecs maps the name of a StateTable<T> to a Codec<T>
        private <T extends SpecificRecord> Codec<T> codec(StateTable<T> table) {
            return (Codec<T>) codecs.computeIfAbsent(table.name(), name -> Codec.of(table));
        }
    }
}
