package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.MappingResult;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.OnError;
import io.repertoire.schemas.ProgressState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

    /** Well under the 200 ms in which rows must become visible, since the commit takes time too. */
    private static final long COMMIT_AFTER_NANOS = 120_000_000L;

    private static final long PAUSE_MILLIS = 5;
    private static final int LOOK_AT_CLOCK_EVERY = 64;

    private final Supplier<Layouts> library;
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
        this.library = library;
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
        Refusal fault = claim.options().fault();
        Layouts layouts = library.get();
        ClaimedTable opened = ClaimedTable.open(claim, layouts);
        if (opened.file() instanceof CsvRefusal refusal) {
            Refusal why = fault == null ? new Refusal(refusal.code(), refusal.message()) : fault;
            markers.describe(opened);
            return refuse(publisher, markers, own, 0, new Result.Refused(why, null));
        }
        try (CsvTable table = (CsvTable) opened.file()) {
            listener.reading("", opened.encoding(), opened.delimiter(table));
            MappingResult mapped = layouts.map(header(table), claim.options().layout());
            if (fault == null && mapped instanceof MappingResult.Refused refused) {
                fault = new Refusal(refused.code(), refused.message());
            }
            if (fault == null
                    && opened.workbook()
                    && mapped instanceof Mapping mapping
                    && !mapping.acceptsWorkbooks()) {
                fault = notAWorkbook(mapping.layoutName());
            }
            if (fault != null || !(mapped instanceof Mapping mapping)) {
                markers.describe(opened);
                Refusal why = fault == null ? unexpected() : fault;
                return refuse(publisher, markers, own, 0, new Result.Refused(why, null));
            }
            listener.reading(mapping.layoutName(), opened.encoding(), opened.delimiter(table));
            markers.describe(opened, table, mapping);
            if (own == null) {
                LOG.info(
                        "Import {} of directory {}: layout {}, {}, {} of {} columns have a field of their own",
                        claim.importId(),
                        claim.directoryId(),
                        mapping.layoutName(),
                        opened.encoding(),
                        mapping.placedColumns(),
                        mapping.columns());
            }
            if (claim.options().onError() == OnError.REJECT_FILE && !isBegun(own)) {
                Result unfit = check(claim, layouts, publisher, markers, mapping, own, listener);
                if (unfit != null) {
                    return unfit;
                }
            }
            return new Sending(claim, publisher, flow, listener, markers, mapping).all(table, own);
        }
    }

    /** Rows are on their way, so they were all found good. */
    private static boolean isBegun(@Nullable IngestProgress own) {
        return own != null && own.getState() == ProgressState.SENDING;
    }

    /** Null if the file can be sent. */
    private @Nullable Result check(
            Claim claim,
            Layouts layouts,
            Publisher publisher,
            Markers markers,
            Mapping mapping,
            @Nullable IngestProgress own,
            Listener listener)
            throws IOException {
        FileCheck.Result result;
        try (CsvTable table = (CsvTable) ClaimedTable.open(claim, layouts).file()) {
            result = fileCheck.run(claim, layouts, table, new RowMapper(mapping, markers.origin()), listener::checked);
        }
        if (result instanceof FileCheck.Result.Stopped) {
            return new Result.Stopped();
        }
        if (result instanceof FileCheck.Result.Failed failed) {
            var refused = new Result.Refused(failed.why(), failed.rejectsFile());
            return refuse(publisher, markers, own, failed.read(), refused);
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

    private static List<String> header(CsvTable table) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < table.header().size(); i++) {
            cells.add(table.header().cell(i));
        }
        return cells;
    }

    /** One attempt at the rows of one file. */
    private final class Sending {
        private final Claim claim;
        private final Publisher publisher;
        private final FlowControl flow;
        private final Listener listener;
        private final Markers markers;
        private final RowMapper mapper;

        private long rows;
        private long line;
        private int inTransaction;
        private int unreadable;
        private boolean open;
        private long begunAt;
        private int allowed;

        Sending(
                Claim claim,
                Publisher publisher,
                FlowControl flow,
                Listener listener,
                Markers markers,
                Mapping mapping) {
            this.claim = claim;
            this.publisher = publisher;
            this.flow = flow;
            this.listener = listener;
            this.markers = markers;
            this.mapper = new RowMapper(mapping, markers.origin());
        }

        Result all(CsvTable table, @Nullable IngestProgress own) throws IOException {
            if (own == null) {
                begin();
                publisher.send(prepare(markers.start()));
            } else {
                skip(table, own.getRowsSent());
            }
            try (ReadAhead ahead = ReadAhead.start(table, mapper, this::prepare)) {
                for (ReadAhead.Row row = ahead.next(); row != null; row = ahead.next()) {
                    if (!makeRoom()) {
                        return new Result.Stopped();
                    }
                    send(row);
                }
            }
            begin();
            publisher.send(prepare(markers.end(rows, null)));
            commit(ProgressState.SENT);
            return new Result.Sent(rows);
        }

        private void send(ReadAhead.Row row) {
            publisher.send(row.record());
            rows++;
            inTransaction++;
            unreadable += row.readable() ? 0 : 1;
            line = row.line();
            boolean late = inTransaction % LOOK_AT_CLOCK_EVERY == 0 && System.nanoTime() - begunAt > COMMIT_AFTER_NANOS;
            if (late || inTransaction >= allowed) {
                commit(ProgressState.SENDING);
            }
        }

        private Publisher.Prepared prepare(CustomerSubmission submission) {
            return publisher.prepare(submission, markers.sha256());
        }

        private void skip(CsvTable table, long sent) throws IOException {
            while (rows < sent) {
                CsvRow row = table.next();
                if (row == null) {
                    throw new IOException("the file is shorter than what was sent of it: "
                            + claim.file().getFileName());
                }
                rows++;
                line = row.line();
            }
            listener.committed(rows);
        }

        /** False if asked to stop. */
        private boolean makeRoom() {
            if (open) {
                // If stopped here, closing the publisher takes the open transaction back.
                return !stopping.getAsBoolean();
            }
            long since = System.nanoTime();
            int room = flow.room();
            while (room <= 0) {
                if (!pause()) {
                    return false;
                }
                listener.waiting(System.nanoTime() - since);
                room = flow.room();
            }
            long waited = System.nanoTime() - since;
            if (waited > 1_000_000) {
                listener.waiting(0);
                metrics.waitedForStreams(waited / 1_000_000);
            }
            if (stopping.getAsBoolean()) {
                return false;
            }
            begin();
            allowed = Math.min(room, flow.transactionRows());
            return true;
        }

        private boolean pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            return !stopping.getAsBoolean();
        }

        private void begin() {
            if (!open) {
                publisher.begin();
                open = true;
                inTransaction = 0;
                unreadable = 0;
                begunAt = System.nanoTime();
                allowed = Math.min(Math.max(1, flow.room()), flow.transactionRows());
            }
        }

        private void commit(ProgressState state) {
            publisher.commit(markers.progress(state, rows, line), inTransaction);
            open = false;
            metrics.rowsSent(inTransaction);
            if (unreadable > 0) {
                metrics.rowsUnreadable(unreadable);
            }
            listener.committed(rows);
        }
    }
}
