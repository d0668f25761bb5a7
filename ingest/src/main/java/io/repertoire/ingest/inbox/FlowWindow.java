package io.repertoire.ingest.inbox;

import java.util.ArrayDeque;

/**
 * How many rows may be on their way: half a second's worth of what the streams stage was seen to do, between a thousand and
 * twenty thousand. Pure arithmetic; not thread-safe.
 *
 * <p>Offsets are not rows: transaction markers and other producers' records lie between. So each transaction is remembered as
 * the stretch of offsets it took, and within a stretch rows are taken to be spread evenly.
 */
final class FlowWindow {

    static final int SMALLEST = 1_000;
    static final int LARGEST = 20_000;

    private static final int FIRST = 2_000;
    private static final double SECONDS = 0.5;
    private static final long MEASURED_NANOS = 1_000_000_000L;
    private static final long LEAST_MEASURED_NANOS = 200_000_000L;

    private final ArrayDeque<Stretch> unprocessed = new ArrayDeque<>();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private long published;
    private long processed;
    private int window = FIRST;

    private record Stretch(long firstOffset, long lastOffset, int rows, long rowsBefore) {}

    private record Sample(long nanos, long processed) {}

    void published(int rows, long firstOffset, long lastOffset, long nanos) {
        if (published == processed) {
            // Idle time says nothing about how fast it can be.
            samples.clear();
            samples.add(new Sample(nanos, processed));
        }
        unprocessed.add(new Stretch(firstOffset, lastOffset, rows, published));
        published += rows;
    }

    /** @param next offset of the first record that is not processed yet */
    void processedTo(long next, long nanos) {
        while (!unprocessed.isEmpty() && unprocessed.peekFirst().lastOffset < next) {
            Stretch stretch = unprocessed.removeFirst();
            processed = stretch.rowsBefore + stretch.rows;
        }
        Stretch current = unprocessed.peekFirst();
        if (current != null && next > current.firstOffset) {
            long span = current.lastOffset - current.firstOffset + 1;
            long part = current.rows * (next - current.firstOffset) / span;
            processed = Math.max(processed, current.rowsBefore + part);
        }
        measure(nanos);
    }

    private void measure(long nanos) {
        samples.addLast(new Sample(nanos, processed));
        while (samples.size() > 2 && nanos - samples.peekFirst().nanos > MEASURED_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.peekFirst();
        long took = nanos - first.nanos;
        if (took >= LEAST_MEASURED_NANOS && processed > first.processed) {
            double rate = (processed - first.processed) * 1e9 / took;
            window = (int) Math.max(SMALLEST, Math.min(LARGEST, rate * SECONDS));
        }
    }

    int size() {
        return window;
    }

    long outstanding() {
        return published - processed;
    }

    /** 0 until there is room for a transaction worth its price. */
    int room() {
        long room = window - outstanding();
        return room < window / 8 ? 0 : (int) room;
    }
}
