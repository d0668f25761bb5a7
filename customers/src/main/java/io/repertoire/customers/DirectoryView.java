package io.repertoire.customers;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the machine may ask of a directory's state: point look-ups, so that an input costs what it touches. A production
 * view reads RocksDB, a test's reads maps. A returned value is the caller's: changing it changes no state.
 */
public interface DirectoryView {

    <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key);

    /**
     * Keys of a table in the order of their UTF-8 bytes. Only steps of long jobs ask this: it is no point look-up.
     *
     * @param prefix what they begin with: a directory's, with the slash
     * @param after only keys behind this one; {@code null} from the first
     * @param limit at most so many
     */
    List<String> keys(StateTable<?> table, String prefix, @Nullable String after, int limit);

    /** Names the time in which {@link StateTable#DRY_RUN} has lost nothing: another one whenever what was put there may be gone. */
    String epoch();
}
