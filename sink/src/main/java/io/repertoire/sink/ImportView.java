package io.repertoire.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import as the tables have it.
 *
 * @param status {@code RUNNING}, {@code PROCESSED} (decided, not all of it can be read yet), {@code COMPLETE}, {@code REFUSED},
 *     {@code DRY_RUN_DONE}, {@code DRY_RUN_ABORTED}, {@code UNDOING} or {@code UNDONE}
 * @param read rows read; with the seven that follow final once the status is no longer {@code RUNNING}
 * @param declaredRead rows that the file's reader says it read; null until the end of the file
 * @param rowsHeld row outcomes that can be read so far: progress while it runs
 * @param undone while it is being undone: records taken away or put back so far
 * @param completedAt null while anything is awaited
 */
public record ImportView(
        String directoryId,
        String importId,
        String status,
        @Nullable String fileName,
        @Nullable String sha256,
        @Nullable Long sizeBytes,
        @Nullable String sourceSystem,
        @Nullable String layout,
        @Nullable String encoding,
        @Nullable String delimiter,
        @Nullable String mode,
        @Nullable String onError,
        @Nullable String group,
        boolean forced,
        boolean dryRun,
        @Nullable String notes,
        long read,
        @Nullable Long declaredRead,
        long created,
        long updated,
        long unchanged,
        long merged,
        long review,
        long rejected,
        long suppressed,
        long throughVersion,
        @Nullable String refusedCode,
        @Nullable String refusedMessage,
        boolean directoryChangedMeanwhile,
        @Nullable Instant claimedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long rowsHeld,
        @Nullable Long undone,
        @Nullable Instant completedAt) {

    /** True unless the file was refused as a whole; there may be a fault and its code all the same. */
    public boolean taken() {
        return !status.equals("REFUSED");
    }

    /** True if no more of the file was read because somebody wanted no more of it; the counts are of what was. */
    public boolean cancelled() {
        return taken() && "CANCELLED".equals(refusedCode);
    }

    /** True if the reader of the file says another number of rows than were decided: rows were lost on the way, or are late. */
    public boolean differsFromDeclared() {
        return declaredRead != null && declaredRead != read;
    }

    /** True once nothing more of it is awaited, however it ended. */
    public boolean ended() {
        return completedAt != null;
    }
}
