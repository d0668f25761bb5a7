package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.ProgressState;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at the rows of one file: publishes those that were not sent before, in transactions, as fast as the streams stage takes
 * them. Used once, by one thread.
 */
final class FileSending {

    /** Well under the 200 ms in which rows must become visible, since the commit takes time too. */
    private static final long COMMIT_AFTER_NANOS = 120_000_000L;

    private static final long PAUSE_MILLIS = 5;
    private static final int LOOK_AT_CLOCK_EVERY = 64;

    /**
     * Where the rows go.
     *
     * @param flow says how many may be on their way
     * @param listener told how far it is
     */
    record Outlet(Publisher publisher, FlowControl flow, FileImport.Listener listener) {}

    private final Claim claim;
    private final Markers markers;
    private final RowMapper mapper;
    private final Publisher publisher;
    private final FlowControl flow;
    private final FileImport.Listener listener;
    private final IngestMetrics metrics;
    private final BooleanSupplier stopping;

    private long rows;
    private long line;
    private int inTransaction;
    private int unreadable;
    private boolean open;
    private long begunAt;
    private int allowed;

    FileSending(
            Claim claim,
            Markers markers,
            RowMapper mapper,
            Outlet outlet,
            IngestMetrics metrics,
            BooleanSupplier stopping) {
        this.claim = claim;
        this.markers = markers;
        this.mapper = mapper;
        this.publisher = outlet.publisher();
        this.flow = outlet.flow();
        this.listener = outlet.listener();
        this.metrics = metrics;
        this.stopping = stopping;
    }

    /** @param own how far an earlier attempt of the same import came; null: this is the first */
    FileImport.Result all(CsvTable table, @Nullable IngestProgress own) throws IOException {
        if (own == null) {
            begin();
            publisher.send(prepare(markers.start()));
        } else {
            skip(table, own.getRowsSent());
        }
        try (ReadAhead ahead = ReadAhead.start(table, mapper, this::prepare)) {
            for (ReadAhead.Row row = ahead.next(); row != null; row = ahead.next()) {
                if (!makeRoom()) {
                    return new FileImport.Result.Stopped();
                }
                send(row);
            }
        }
        begin();
        publisher.send(prepare(markers.end(rows, null)));
        commit(ProgressState.SENT);
        return new FileImport.Result.Sent(rows);
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

    /** False if asked to stop, or not to read this file further. */
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
        if (mustStop()) {
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
        return !mustStop();
    }

    /** Asked between transactions only: it looks at the disk. */
    private boolean mustStop() {
        return stopping.getAsBoolean() || Cancellations.of(claim) != null;
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
