package io.repertoire.ingest.inbox;

import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads, maps and encodes the rows of one table on a thread of its own, a little ahead of the thread that sends them: half the
 * work of a row is before it is sent, and while a transaction is committed the sender can only wait. Rows come in their order. What
 * is read ahead is bounded, in rows and in bytes. One thread takes; nobody else may use the table until this is closed.
 */
final class ReadAhead implements AutoCloseable {

    private static final int CHUNK_ROWS = 256;
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int CHUNKS = 4;
    private static final long LOOK_AT_CLOSED_MILLIS = 100;

    /** @param readable false: its cells could not be told apart, and the record says why */
    record Row(Publisher.Prepared record, long line, boolean readable) {}

    /** @param last nothing follows: the table is at its end, or what is in {@code failure} happened */
    private record Chunk(
            List<Row> rows, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final CsvTable table;
    private final RowMapper mapper;
    private final Function<CustomerSubmission, Publisher.Prepared> encoder;
    private final Thread reader;
    private Chunk current = new Chunk(List.of(), false, null);
    private int taken;
    private volatile boolean closed;

    private ReadAhead(CsvTable table, RowMapper mapper, Function<CustomerSubmission, Publisher.Prepared> encoder) {
        this.table = table;
        this.mapper = mapper;
        this.encoder = encoder;
        this.reader = new Thread(this::read, Thread.currentThread().getName() + "-reader");
        reader.setDaemon(true);
    }

    /** Begins with the row that the table would give next. */
    static ReadAhead start(CsvTable table, RowMapper mapper, Function<CustomerSubmission, Publisher.Prepared> encoder) {
        var started = new ReadAhead(table, mapper, encoder);
        started.reader.start();
        return started;
    }

    /**
     * The next row; null at the end. What went wrong while reading or encoding is thrown here, behind the rows before it.
     *
     * @throws IOException the file cannot be read
     */
    @Nullable
    Row next() throws IOException {
        while (taken == current.rows.size()) {
            if (current.last) {
                rethrow(current.failure);
                return null;
            }
            current = take();
            taken = 0;
        }
        return current.rows.get(taken++);
    }

    /** The reader is never long about a chunk, so whoever asks to stop is heard between two of them. */
    private Chunk take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return chunks.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private void read() {
        List<Row> rows = new ArrayList<>(CHUNK_ROWS);
        Throwable failure = null;
        try {
            int bytes = 0;
            for (CsvRow row = table.next(); row != null && !closed; row = table.next()) {
                var record = encoder.apply(mapper.map(row));
                rows.add(new Row(record, row.line(), row.fault() == null));
                bytes += record.bytes();
                if (rows.size() == CHUNK_ROWS || bytes > CHUNK_BYTES) {
                    hand(new Chunk(rows, false, null));
                    rows = new ArrayList<>(CHUNK_ROWS);
                    bytes = 0;
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        hand(new Chunk(rows, true, failure));
    }

    private void hand(Chunk chunk) {
        boolean handed = false;
        boolean interrupted = false;
        while (!handed && !closed) {
            try {
                handed = chunks.offer(chunk, LOOK_AT_CLOSED_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody asks the reader to stop this way; whoever did must not keep the sender waiting.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the reader has let go of the table. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (reader.isAlive()) {
            chunks.clear();
            try {
                reader.join(LOOK_AT_CLOSED_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
