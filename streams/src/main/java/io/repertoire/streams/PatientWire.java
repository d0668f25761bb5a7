package io.repertoire.streams;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Waits while the registry is away, in the middle of a record. Throwing at once would be dear: under exactly-once a task that
 * fails throws its local state away and restores all of it, at every try. Waiting costs that at most once, when the broker has
 * aborted the open transaction meanwhile. It ends, by the exception it waited for, before the group would take the
 * partitions away ({@code max.poll.interval.ms}, five minutes), and when the stage closes.
 */
final class PatientWire implements Wire {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Wire wire;
    private final Duration patience;
    private final Closing closing;
    private final Waits waits;

    PatientWire(Wire wire, Duration patience, Closing closing, Waits waits) {
        this.wire = wire;
        this.patience = patience;
        this.closing = closing;
        this.waits = waits;
    }

    @Override
    public <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic) {
        var serializer = wire.serializer(topic);
        return (name, value) -> patiently(() -> serializer.serialize(name, value));
    }

    @Override
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        var deserializer = wire.deserializer(topic);
        return (name, bytes) -> patiently(() -> deserializer.deserialize(name, bytes));
    }

    private <R> R patiently(Supplier<R> work) {
        try {
            return work.get();
        } catch (RegistryUnavailableException away) {
            return afterAWait(work, away);
        }
    }

    private <R> R afterAWait(Supplier<R> work, RegistryUnavailableException away) {
        var wait = waits.begin("the schema registry: " + away.getMessage());
        try {
            for (long waited = 0; waited < patience.toMillis(); waited += PAUSE.toMillis()) {
                if (closing.within(PAUSE)) {
                    throw away;
                }
                try {
                    return work.get();
                } catch (RegistryUnavailableException still) {
                    // On to the next try.
                }
            }
            throw away;
        } finally {
            waits.end(wait);
        }
    }

    @Override
    public void registerAll() {
        wire.registerAll();
    }

    /** Does not close the wire behind it, which belongs to whoever opened it. */
    @Override
    public void close() {}
}
