package io.repertoire.ingest.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads request bodies into memory, never more of one than its limit, never more of all at once than theirs, and none for
 * longer than a caller may take. Thread-safe.
 */
final class BodyReader {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int FIRST = 16 * 1024;

    /** Those that are waited for, each by a thread of the server, which has 250. */
    private static final int MOST_WAITING = 100;

    private final AtomicLong free;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Clock clock;

    BodyReader(long maxBytesOfAll, Clock clock) {
        this.free = new AtomicLong(maxBytesOfAll);
        this.clock = clock;
    }

    Body read(Context http, int limit) {
        if (http.req().getContentLengthLong() > limit) {
            return tooLarge(limit);
        }
        if (http.req().getAttribute(ShortBodies.BODY) instanceof Body body) {
            return body;
        }
        if (!waiting.tryAcquire()) {
            return busy();
        }
        try {
            return read(http.bodyInputStream(), limit);
        } finally {
            waiting.release();
        }
    }

    private Body read(InputStream in, int limit) {
        Instant end = clock.instant().plus(LONGEST);
        int reserved = 0;
        boolean handedOver = false;
        try {
            byte[] bytes = new byte[0];
            int length = 0;
            while (true) {
                if (length == bytes.length) {
                    if (length > limit) {
                        return tooLarge(limit);
                    }
                    int larger = (int) Math.min(Math.max(FIRST, 2L * length), limit + 1L);
                    if (!reserve(larger - bytes.length)) {
                        return busy();
                    }
                    reserved = larger;
                    bytes = Arrays.copyOf(bytes, larger);
                }
                int read = in.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (clock.instant().isAfter(end)) {
                    return tooSlow();
                }
            }
            if (length > limit) {
                return tooLarge(limit);
            }
            handedOver = true;
            int given = reserved;
            return new Body.Bytes(bytes, length, () -> free.addAndGet(given));
        } catch (IOException e) {
            // The caller stopped sending, or went away; then nobody reads this answer.
            return tooSlow();
        } finally {
            if (!handedOver) {
                free.addAndGet(reserved);
            }
        }
    }

    static Body busy() {
        return new Body.Refused(Problem.retryable(
                ProblemCode.BUSY,
                "Too many bodies are being read at once. Nothing was taken; send it again.",
                Duration.ofSeconds(1)));
    }

    private boolean reserve(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    private static Body tooLarge(int limit) {
        return new Body.Refused(Problem.of(
                ProblemCode.BODY_TOO_LARGE, "At most " + limit + " bytes. Nothing was taken; send smaller batches."));
    }

    static Body tooSlow() {
        return new Body.Refused(Problem.of(
                ProblemCode.BODY_TIMEOUT,
                "The body must arrive within " + LONGEST.toSeconds() + " seconds. Nothing was taken; send it again."));
    }
}
