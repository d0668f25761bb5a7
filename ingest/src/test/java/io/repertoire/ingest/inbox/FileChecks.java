package io.repertoire.ingest.inbox;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.SubmissionCheck;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Checks of whole files by the shipped rules. */
final class FileChecks {

    static final SubmissionCheck RULES =
            new SubmissionCheck(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults());

    private FileChecks() {}

    static FileCheck in(Path data, BooleanSupplier stopping) {
        return new FileCheck(RULES, new DataFolders(data), stopping);
    }
}
