package io.repertoire.sink;

import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * One topic and the table it goes to: decodes, checks the key, writes, and in careful mode finds the rows that PostgreSQL refuses by
 * halving. Where a refused record replaced an older one of its key within the batch, the older one is written, as it would have been had
 * they come apart.
 */
final class TopicTable<T extends SpecificRecord> {

    private final Topic<T> topic;
    private final Deserializer<T> deserializer;
    private final BiPredicate<String, T> keyFits;
    private final TableWriter<T> table;

    /** @param keyFits whether a record of this key may have this value */
    TopicTable(Topic<T> topic, Wire wire, BiPredicate<String, T> keyFits, TableWriter<T> table) {
        this.topic = topic;
        this.deserializer = wire.deserializer(topic);
        this.keyFits = keyFits;
        this.table = table;
    }

    String topicName() {
        return topic.name();
    }

    void prepare(Connection connection) throws SQLException {
        table.prepare(connection);
    }

    /** Writes records that have a key; each is written or becomes a dead letter, one without a value too. */
    int write(Connection connection, List<InputRecord> records, boolean careful, List<SetAside> setAside)
            throws SQLException {
        List<Decoded<T>> rows = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            InputRecord record = records.get(i);
            if (record.isTombstone()) {
                setAside.add(SetAside.of(record, "NO_VALUE", "nothing can be deleted from this topic"));
                continue;
            }
            Decoded<T> row = decodeNewest(record, setAside);
            if (row != null) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return 0;
        }
        return careful ? writeHalving(connection, rows, setAside) : table.write(connection, rows);
    }

    private int writeHalving(Connection connection, List<Decoded<T>> rows, List<SetAside> setAside)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            int written = table.write(connection, rows);
            connection.releaseSavepoint(before);
            return written;
        } catch (SQLException e) {
            if (!SqlErrors.isBadRow(e)) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (rows.size() == 1) {
                return writeOlder(connection, rows.get(0).source(), e, setAside);
            }
        }
        int middle = rows.size() / 2;
        return writeHalving(connection, rows.subList(0, middle), setAside)
                + writeHalving(connection, rows.subList(middle, rows.size()), setAside);
    }

    private int writeOlder(Connection connection, InputRecord bad, SQLException cause, List<SetAside> setAside)
            throws SQLException {
        setAside.add(new SetAside(
                bad,
                new DeadLetter(
                        SetAside.STAGE,
                        "BAD_ROW",
                        cause.getClass().getName(),
                        "PostgreSQL refuses the row, SQLState " + SqlErrors.stateOf(cause))));
        Decoded<T> older =
                bad.previous() == null || bad.previous().isTombstone() ? null : decodeNewest(bad.previous(), setAside);
        return older == null ? 0 : writeHalving(connection, List.of(older), setAside);
    }

    /** The newest of a chain of records of one key that can be decoded. */
    private @Nullable Decoded<T> decodeNewest(InputRecord newest, List<SetAside> setAside) {
        for (InputRecord at = newest; at != null && !at.isTombstone(); at = at.previous()) {
            T value = decode(at, setAside);
            if (value != null) {
                return new Decoded<>(at, value);
            }
        }
        return null;
    }

    private @Nullable T decode(InputRecord record, List<SetAside> setAside) {
        T value;
        try {
            value = deserializer.deserialize(
                    topic.name(), record.raw().headers(), record.raw().value());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            setAside.add(SetAside.of(record, e));
            return null;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // A fault of ours or of the serde's; the record is kept where somebody will see it.
            setAside.add(SetAside.of(record, e));
            return null;
        }
        String key = record.key();
        if (key == null || !keyFits.test(key, value)) {
            setAside.add(SetAside.of(record, "WRONG_KEY", "the key is not the one of its value"));
            return null;
        }
        return value;
    }
}
