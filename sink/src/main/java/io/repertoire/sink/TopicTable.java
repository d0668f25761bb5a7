package io.repertoire.sink;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
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
    int write(Connection connection, List<InputRecord> records, boolean careful, List<DeadLetter> deadLetters)
            throws SQLException {
        List<Decoded<T>> rows = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            InputRecord record = records.get(i);
            if (record.isTombstone()) {
                deadLetters.add(new DeadLetter(record, "NO_VALUE", "", "nothing can be deleted from this topic"));
                continue;
            }
            Decoded<T> row = decodeNewest(record, deadLetters);
            if (row != null) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return 0;
        }
        return careful ? writeHalving(connection, rows, deadLetters) : table.write(connection, rows);
    }

    private int writeHalving(Connection connection, List<Decoded<T>> rows, List<DeadLetter> deadLetters)
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
                return writeOlder(connection, rows.get(0).source(), e, deadLetters);
            }
        }
        int middle = rows.size() / 2;
        return writeHalving(connection, rows.subList(0, middle), deadLetters)
                + writeHalving(connection, rows.subList(middle, rows.size()), deadLetters);
    }

    private int writeOlder(Connection connection, InputRecord bad, SQLException cause, List<DeadLetter> deadLetters)
            throws SQLException {
        deadLetters.add(DeadLetter.of(
                bad, "BAD_ROW", cause, "PostgreSQL refuses the row, SQLState " + SqlErrors.stateOf(cause)));
        Decoded<T> older = bad.previous() == null || bad.previous().isTombstone()
                ? null
                : decodeNewest(bad.previous(), deadLetters);
        return older == null ? 0 : writeHalving(connection, List.of(older), deadLetters);
    }

    /** The newest of a chain of records of one key that can be decoded. */
    private @Nullable Decoded<T> decodeNewest(InputRecord newest, List<DeadLetter> deadLetters) {
        for (InputRecord at = newest; at != null && !at.isTombstone(); at = at.previous()) {
            T value = decode(at, deadLetters);
            if (value != null) {
                return new Decoded<>(at, value);
            }
        }
        return null;
    }

    private @Nullable T decode(InputRecord record, List<DeadLetter> deadLetters) {
        T value;
        try {
            value = deserializer.deserialize(
                    topic.name(), record.raw().headers(), record.raw().value());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (UndecodableException e) {
            deadLetters.add(DeadLetter.of(record, e.code(), e, "not a record of this topic: " + e.code()));
            return null;
        } catch (org.apache.kafka.common.errors.SerializationException e) {
            deadLetters.add(DeadLetter.of(record, "UNDECODABLE", e, "not a record of this topic"));
            return null;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // A fault of ours or of the serde's; the record is kept where somebody will see it.
            deadLetters.add(DeadLetter.of(record, "DECODER_FAILED", e, "the decoder failed"));
            return null;
        }
        String key = record.key();
        if (key == null || !keyFits.test(key, value)) {
            deadLetters.add(new DeadLetter(record, "WRONG_KEY", "", "the key is not the one of its value"));
            return null;
        }
        return value;
    }
}
