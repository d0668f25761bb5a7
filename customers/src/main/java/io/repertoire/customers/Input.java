package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;
import java.time.Instant;

/** What a directory's writer reads, already decoded. */
public sealed interface Input {

    String directoryId();

    /** When it arrived, or what time it is for what no record asks for: the only clock there is. */
    Instant now();

    record Submission(CustomerSubmission value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public Instant now() {
            return value.getReceivedAt();
        }
    }

    record Sale(SaleEvent value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public Instant now() {
            return value.getReceivedAt();
        }
    }

    /**
     * A submission that {@link Submission} failed on: the machine has a bug, or what came out is too large to be sent. Nothing of
     * it is stored; a row of an import still gets its answer, REJECTED, so that the import's counts balance and it ends. An import
     * whose beginning fails is REFUSED, and one whose end fails ends with the counts it has and the code.
     *
     * @param code what to tell, an error
     */
    record Failed(CustomerSubmission value, ProblemCode code) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public Instant now() {
            return value.getReceivedAt();
        }
    }

    /** Time goes by, also while nothing else arrives: implied consents lapse. Asks for little, and again until nothing is due. */
    record Tick(String directoryId, Instant now) implements Input {}

    /** A command that {@link Command} failed on: nothing of it was done, and whoever asked is told. */
    record FailedCommand(CustomerCommand value, Instant receivedAt) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public Instant now() {
            return receivedAt;
        }
    }

    /**
     * The next step of a long job in {@link StateTable#JOBS}.
     *
     * @param now when: the step's only clock
     */
    record Continue(String directoryId, String jobId, Instant now) implements Input {}

    /**
     * Whoever drives the machine has started: does the directory want anything done that no record asks for? Fed once for each
     * directory that has a state.
     */
    record Inspect(String directoryId, Instant now) implements Input {}

    /** Of a directory that {@link StateTable#DRY_RUN} holds something of, now and then: does it still come further? */
    record LookAtDryRuns(String directoryId, Instant now) implements Input {}

    /** A long job whose step the machine failed on: it ends, so that it does not fail for ever. */
    record Abandon(String directoryId, String jobId, Instant now) implements Input {}

    /** @param receivedAt when it arrived: what its author's clock says counts for nothing */
    record Command(CustomerCommand value, Instant receivedAt) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public Instant now() {
            return receivedAt;
        }
    }
}
