package io.repertoire.ingest.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What whoever dropped a file with a ticket is told; {@code receipts/<ticket>.json}, replaced as a whole at each step. The names
 * are read by other processes.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Receipt(
        State state,
        @Nullable String importId,
        @Nullable String sha256,
        String directory,
        @Nullable String layout,
        @Nullable String encoding,
        @Nullable String delimiter,
        long rowsSent,
        @Nullable String duplicateOf,
        @Nullable Refusal refused,
        @Nullable String rejectsFile) {

    enum State {
        CLAIMED,
        SENDING,
        SENT,
        DUPLICATE,
        REFUSED
    }

    static Receipt claimed(Claim claim) {
        return new Receipt(
                State.CLAIMED,
                claim.importId(),
                claim.sha256(),
                claim.directoryId(),
                null,
                null,
                null,
                0,
                null,
                null,
                null);
    }

    Receipt with(State newState, long rows) {
        return new Receipt(
                newState,
                importId,
                sha256,
                directory,
                layout,
                encoding,
                delimiter,
                rows,
                duplicateOf,
                refused,
                rejectsFile);
    }

    Receipt read(String newLayout, String newEncoding, String newDelimiter) {
        return new Receipt(
                state,
                importId,
                sha256,
                directory,
                newLayout,
                newEncoding,
                newDelimiter,
                rowsSent,
                duplicateOf,
                refused,
                rejectsFile);
    }

    Receipt refused(Refusal why) {
        return new Receipt(
                State.REFUSED, importId, sha256, directory, layout, encoding, delimiter, rowsSent, null, why, null);
    }

    /** The content was imported before, or is being imported: by that import. */
    Receipt of(String otherImportId, State newState) {
        return new Receipt(
                newState,
                otherImportId,
                sha256,
                directory,
                layout,
                encoding,
                delimiter,
                rowsSent,
                newState == State.DUPLICATE ? otherImportId : null,
                null,
                null);
    }

    Receipt withRejects(String file) {
        return new Receipt(
                state, importId, sha256, directory, layout, encoding, delimiter, rowsSent, duplicateOf, refused, file);
    }
}
