package io.repertoire.ingest.inbox;

import io.repertoire.customers.SubmissionCheck;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All or nothing ({@code on-error=reject-file}): every row of a file is looked at before the first is sent, for whatever needs no
 * state of the directory. Takes the same memory for any file. One that is cut off is simply done again.
 */
final class FileCheck {

    /** Why a file is refused of which a row is bad. */
    static final String ROWS_REJECTED = "ROWS_REJECTED";

    private static final int TELL_EVERY = 1_000;

    private final SubmissionCheck check;
    private final DataFolders folders;
    private final BooleanSupplier stopping;

    FileCheck(SubmissionCheck check, DataFolders folders, BooleanSupplier stopping) {
        this.check = check;
        this.folders = folders;
        this.stopping = stopping;
    }

    sealed interface Result {
        record Passed() implements Result {}

        /** @param rejectsFile with every bad row */
        record Failed(long read, Refusal why, Path rejectsFile) implements Result {}

        record Stopped() implements Result {}
    }

    /**
     * @param table of the claim, at its first row
     * @param looked told now and then how many rows were looked at
     * @throws IOException the file cannot be read or the rejects file not be written
     */
    Result run(Claim claim, Layouts layouts, CsvTable table, RowMapper mapper, LongConsumer looked) throws IOException {
        Path target = RejectsFile.of(claim, folders);
        RejectsFile rejects = null;
        long rows = 0;
        try {
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                rows++;
                CustomerSubmission submission = mapper.map(row);
                List<Problem> errors = check.errors(submission, claim.options().mode());
                if (!errors.isEmpty()) {
                    rejects = rejects == null ? RejectsFile.begin(claim, layouts, target) : rejects;
                    rejects.add(row.line(), submission.getRow(), errors);
                }
                if (rows % TELL_EVERY == 0) {
                    looked.accept(rows);
                    if (stopping.getAsBoolean()) {
                        return new Result.Stopped();
                    }
                }
            }
            if (rejects == null) {
                // Those of an attempt that was cut off before the configuration was changed.
                Files.deleteIfExists(target);
                return new Result.Passed();
            }
            rejects.finish();
            return new Result.Failed(rows, refusal(rejects.rows(), rows), target);
        } finally {
            close(rejects);
        }
    }

    private static Refusal refusal(long bad, long rows) {
        return new Refusal(
                ROWS_REJECTED,
                String.format(
                        Locale.ROOT,
                        "%,d of %,d rows cannot be imported, and the file was to be imported as a whole or not at all."
                                + " The rejects file has them with the reasons.",
                        bad,
                        rows));
    }

    private static void close(@Nullable RejectsFile rejects) throws IOException {
        if (rejects != null) {
            rejects.close();
        }
    }
}
