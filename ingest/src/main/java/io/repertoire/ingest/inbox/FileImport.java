package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.MappingResult;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.OnError;
import io.repertoire.schemas.ProgressState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one claimed file: start marker, one submission per row, end marker, each exactly once however often this is begun
 * again, since every transaction carries the number of rows sent so far and that number is where the next attempt goes on.
 */
final class FileImport {

    private static final Logger LOG = LoggerFactory.getLogger(FileImport.class);

    private final ClaimedLayouts claimedLayouts;
    private final FileCheck fileCheck;
    private final Clock clock;
    private final IngestMetrics metrics;
    private final BooleanSupplier stopping;

    FileImport(
            Supplier<Layouts> library,
            FileCheck fileCheck,
            Clock clock,
            IngestMetrics metrics,
            BooleanSupplier stopping) {
        this.claimedLayouts = new ClaimedLayouts(library);
        this.fileCheck = fileCheck;
        this.clock = clock;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    /** How it ended. */
    sealed interface Result {
        record Sent(long rows) implements Result {}

        /** @param rejectsFile set if rows were the reason */
        record Refused(Refusal why, @Nullable Path rejectsFile) implements Result {}

        /** Not to be read further; its rows so far stand, and its end says why. */
        record Cancelled(long rows, Refusal why) implements Result {}

        /** Asked to stop; what was committed stays, the rest is sent at the next start. */
        record Stopped() implements Result {}
    }

    /** Told where the file is. */
    interface Listener {
        void reading(String layout, String encoding, String delimiter);

        /** Looked at, before any is sent. */
        void checked(long rows);

        void committed(long rows);

        /** @param nanos how long the streams stage has kept it waiting so far; 0: no longer */
        void waiting(long nanos);
    }

    /**
     * @throws IOException the file cannot be read; nothing of the open transaction counts
     * @throws org.apache.kafka.common.KafkaException likewise, and the publisher has to be closed
     */
    Result run(Claim claim, Publisher publisher, FlowControl flow, Listener listener) throws IOException {
        IngestProgress progress = publisher.progress(claim.progressKey());
        IngestProgress own = progress != null && progress.getImportId().equals(claim.importId()) ? progress : null;
        if (own != null && own.getState() == ProgressState.SENT) {
            return new Result.Sent(own.getRowsSent());
        }
        IngestProgress imported = claim.options().dryRun() ? publisher.progress(claim.sha256()) : progress;
        String completed = imported == null ? null : imported.getCompletedImportId();
        var markers = new Markers(claim, completed, clock);
        var outlet = new FileSending.Outlet(publisher, flow, listener);
        Refusal cancelled = Cancellations.of(claim);
        if (cancelled != null && own != null && own.getRowsSent() > 0) {
            return cancel(publisher, markers, own, cancelled);
        }
        Refusal fault = cancelled == null ? claim.options().fault() : Cancellations.NOT_BEGUN;
        Layouts layouts = own == null ? claimedLayouts.begin(claim) : claimedLayouts.of(claim);
        ClaimedTable opened = ClaimedTable.open(claim, layouts);
        if (opened.file() instanceof CsvRefusal refusal) {
            Refusal why = fault == null ? new Refusal(refusal.code(), refusal.message()) : fault;
            markers.describe(opened);
            return refuse(publisher, markers, own, 0, new Result.Refused(why, null));
        }
        try (CsvTable table = (CsvTable) opened.file()) {
            listener.reading("", opened.encoding(), opened.delimiter(table));
            MappingResult mapped =
                    layouts.map(table.header().cells(), claim.options().layout());
            Refusal why = fault == null ? unfit(mapped, opened) : fault;
            if (why != null || !(mapped instanceof Mapping mapping)) {
                markers.describe(opened);
                return refuse(publisher, markers, own, 0, new Result.Refused(why == null ? unexpected() : why, null));
            }
            listener.reading(mapping.layoutName(), opened.encoding(), opened.delimiter(table));
            markers.describe(opened, table, mapping);
            if (own == null) {
                tell(claim, opened, mapping);
            }
            if (claim.options().onError() == OnError.REJECT_FILE && !isBegun(own)) {
                Result unfit = check(claim, layouts, outlet, markers, mapping, own);
                if (unfit != null) {
                    return unfit;
                }
            }
            var mapper = new RowMapper(mapping, markers.origin());
            Result sent = new FileSending(claim, markers, mapper, outlet, metrics, stopping).all(table, own);
            return sent instanceof Result.Stopped && !stopping.getAsBoolean()
                    ? stopped(claim, publisher, markers, sent)
                    : sent;
        }
    }

    /** Why a file that can be read cannot be imported; {@code null} if it can. */
    private static @Nullable Refusal unfit(MappingResult mapped, ClaimedTable opened) {
        if (mapped instanceof MappingResult.Refused refused) {
            return new Refusal(refused.code(), refused.message());
        }
        return opened.workbook() && mapped instanceof Mapping mapping && !mapping.acceptsWorkbooks()
                ? notAWorkbook(mapping.layoutName())
                : null;
    }

    private static void tell(Claim claim, ClaimedTable opened, Mapping mapping) {
        LOG.info(
                "Import {} of directory {}: layout {}, {}, {} of {} columns have a field of their own",
                claim.importId(),
                claim.directoryId(),
                mapping.layoutName(),
                opened.encoding(),
                mapping.placedColumns(),
                mapping.columns());
    }

    /** In the middle, and not because the stage ends: somebody may have cancelled it. */
    private static Result stopped(Claim claim, Publisher publisher, Markers markers, Result sent) {
        Refusal cancelled = Cancellations.of(claim);
        IngestProgress now = cancelled == null ? null : publisher.progress(claim.progressKey());
        return cancelled == null || now == null ? sent : cancel(publisher, markers, now, cancelled);
    }

    /** Nobody is told of a file whose beginning was not sent; one whose beginning was is ended. */
    void abandon(Claim claim, Publisher publisher) {
        IngestProgress own = publisher.progress(claim.progressKey());
        if (own != null && own.getImportId().equals(claim.importId())) {
            cancel(publisher, new Markers(claim, null, clock), own, Cancellations.ABANDONED);
        }
    }

    /**
     * The end of a file of which rows are on their way and no more are to follow.
     *
     * @param own how far it came
     */
    private static Result cancel(Publisher publisher, Markers markers, IngestProgress own, Refusal why) {
        long rows = own.getRowsSent();
        if (own.getState() == ProgressState.SENDING) {
            publisher.begin();
            publisher.send(publisher.prepare(markers.end(rows, why), markers.sha256()));
            publisher.commit(markers.progress(ProgressState.REFUSED, rows, own.getLastLine()), 0);
        }
        return new Result.Cancelled(rows, why);
    }

    /** Rows are on their way, so they were all found good. */
    private static boolean isBegun(@Nullable IngestProgress own) {
        return own != null && own.getState() == ProgressState.SENDING;
    }

    /** Null if the file can be sent. */
    private @Nullable Result check(
            Claim claim,
            Layouts layouts,
            FileSending.Outlet outlet,
            Markers markers,
            Mapping mapping,
            @Nullable IngestProgress own)
            throws IOException {
        FileCheck.Result result;
        try (CsvTable table = (CsvTable) ClaimedTable.open(claim, layouts).file()) {
            result = fileCheck.run(
                    claim, layouts, table, new RowMapper(mapping, markers.origin()), outlet.listener()::checked);
        }
        if (result instanceof FileCheck.Result.Stopped) {
            return new Result.Stopped();
        }
        if (result instanceof FileCheck.Result.Failed failed) {
            var refused = new Result.Refused(failed.why(), failed.rejectsFile());
            return refuse(outlet.publisher(), markers, own, failed.read(), refused);
        }
        // Else refused already, by rules that were changed before the file was put away.
        return own == null ? null : new Result.Refused(unexpected(), null);
    }

    private static Refusal notAWorkbook(String layout) {
        return new Refusal(
                CsvRefusal.NOT_CSV_XLSX,
                "Files of the layout " + layout + " are CSV, and this is an Excel workbook. Open it in Excel, choose"
                        + " \"Save as\" and save as CSV, then send that file.");
    }

    private static Refusal unexpected() {
        return new Refusal("UNREADABLE", "The file cannot be read.");
    }

    /** @throws IOException rows of it are on their way, so it is no file of which nothing was imported: it waits to be read as it was */
    private static Result refuse(
            Publisher publisher, Markers markers, @Nullable IngestProgress own, long read, Result.Refused refused)
            throws IOException {
        if (isBegun(own)) {
            throw new IOException(
                    "a file of which rows were sent cannot be read as it was any more, as if its layout had been"
                            + " taken away or changed: " + refused.why().code());
        }
        if (own == null || own.getState() != ProgressState.REFUSED) {
            publisher.begin();
            publisher.send(publisher.prepare(markers.start(), markers.sha256()));
            publisher.send(publisher.prepare(markers.end(read, refused.why()), markers.sha256()));
            publisher.commit(markers.progress(ProgressState.REFUSED, 0, 0), 0);
        }
        return refused;
    }
}
