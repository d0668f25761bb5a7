package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;

/** What a directory's writer reads, already decoded. */
public sealed interface Input {

    String directoryId();

    record Submission(CustomerSubmission value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }
    }

    record Sale(SaleEvent value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
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
    }

    record Command(CustomerCommand value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }
    }
}
