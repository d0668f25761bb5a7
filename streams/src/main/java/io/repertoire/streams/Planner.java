package io.repertoire.streams;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.keys.SecretMissingException;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.Wire;
import io.repertoire.streams.DirectoryStores.EncodedChange;
import io.repertoire.streams.OutputWriter.EncodedOutput;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * Asks the machine and encodes what it answers, so that nothing of what follows can fail half-way. Failures of the servers and of
 * the state are thrown, all others become a plan to give the input up. One per stream task; not thread-safe.
 */
final class Planner {

    /** What it causes is too large for Kafka to carry. Nothing of it was done; a row of an import is answered as rejected. */
    private static final String OUTPUT_TOO_LARGE = "OUTPUT_TOO_LARGE";

    private final DirectoryMachine machine;
    private final OutputWriter writer;
    private final int maxRecordBytes;

    Planner(DirectoryMachine machine, Wire wire, int maxRecordBytes) {
        this.machine = machine;
        this.writer = new OutputWriter(wire);
        this.maxRecordBytes = maxRecordBytes;
    }

    /** For a record: one that is given up is answered where somebody waits for an answer. */
    Plan ofRecord(Input input, long timestamp, DirectoryStores stores) {
        var plan = of(input, timestamp, stores);
        if (plan instanceof Plan.GiveUp given && input instanceof Input.Command failed) {
            var answer = of(new Input.FailedCommand(failed.value(), failed.receivedAt()), timestamp, stores);
            return answer instanceof Plan.Do todo ? new Plan.GiveUp(given.why(), todo) : given;
        }
        if (plan instanceof Plan.GiveUp given && input instanceof Input.Submission failed) {
            var code = given.why().code().equals(OUTPUT_TOO_LARGE)
                    ? ProblemCode.OUTPUT_TOO_LARGE
                    : ProblemCode.INTERNAL_ERROR;
            var answer = of(new Input.Failed(failed.value(), code), timestamp, stores);
            return answer instanceof Plan.Do todo ? new Plan.GiveUp(given.why(), todo) : given;
        }
        return plan;
    }

    Plan of(Input input, long timestamp, DirectoryStores stores) {
        try {
            return encode(machine.apply(input, stores), timestamp, stores);
        } catch (KafkaException e) {
            throw e; // the stores or the registry; the machine knows neither
        } catch (SecretMissingException e) {
            throw e; // only the configuration can mend it, and giving the record up would lose it
        } catch (RuntimeException bug) {
            return new Plan.GiveUp(DeadLetter.of(StreamsStage.NAME, bug));
        }
    }

    private Plan encode(Decision decision, long timestamp, DirectoryStores stores) {
        var changes = new ArrayList<EncodedChange>(decision.changes().size());
        List<StateChange<?>> jobs = List.of();
        String directory = null;
        for (var change : decision.changes()) {
            if (isOf(StateTable.DIRECTORIES, change)) {
                directory = change.key();
            } else if (isOf(StateTable.JOBS, change)) {
                jobs = jobs.isEmpty() ? new ArrayList<>(1) : jobs;
                jobs.add(change);
            }
            var encoded = stores.encode(change);
            if (encoded.largerThan(maxRecordBytes)) {
                return tooLarge("a state record of table " + change.table());
            }
            changes.add(encoded);
        }
        var outputs = new ArrayList<EncodedOutput>(decision.outputs().size());
        for (var output : decision.outputs()) {
            var encoded = writer.encode(output, timestamp);
            if (encoded.largerThan(maxRecordBytes)) {
                return tooLarge("a record of " + output.topic());
            }
            outputs.add(encoded);
        }
        return new Plan.Do(changes, outputs, jobs, directory);
    }

    private static boolean isOf(StateTable<?> table, StateChange<?> change) {
        return change.table().name().equals(table.name());
    }

    private Plan tooLarge(String what) {
        return new Plan.GiveUp(DeadLetter.of(
                StreamsStage.NAME,
                OUTPUT_TOO_LARGE,
                what + " would be larger than the " + maxRecordBytes + " bytes that the topics take"));
    }
}
