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

    record Command(CustomerCommand value) implements Input {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }
    }
}
