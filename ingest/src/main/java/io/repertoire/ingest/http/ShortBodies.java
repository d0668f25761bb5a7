package io.repertoire.ingest.http;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies of up to {@link #LONGEST} bytes before a thread is given to their request, however slowly they come: callers who send
 * half of one, known or not, keep nobody else waiting. Who they are is only looked at afterwards, so what is held of all of them
 * together is bounded: bytes that came, not bytes that were announced. Beyond, a request goes on without its body, with the reason
 * beside it. Bodies that are longer, or do not say how long they are, go by as they are.
 */
final class ShortBodies extends Handler.Wrapper {

    static final int LONGEST = 64 * 1024;

    /** Attribute of the request: the {@link Body}, or why it was not read. */
    static final String BODY = ShortBodies.class.getName();

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIRST = 1024;

    private final AtomicLong free;
    private final Clock clock;

    ShortBodies(long bytesOfAll, Clock clock) {
        this.free = new AtomicLong(bytesOfAll);
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long length = request.getLength();
        if (length <= 0 || length > LONGEST) {
            return super.handle(request, response, callback);
        }
        new Loading(request, response, callback, (int) length).run();
        return true;
    }

    /** One body. Run whenever more of it is there, by one thread at a time. */
    private final class Loading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Instant end = clock.instant().plus(LIMIT);
        private final int expected;
        private final AtomicLong reserved = new AtomicLong();
        private byte[] bytes = new byte[0];
        private int length;

        Loading(Request request, Response response, Callback callback, int expected) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.expected = expected;
            Request.addCompletionListener(request, failure -> free.addAndGet(reserved.getAndSet(0)));
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    failed(chunk);
                    return;
                }
                // Its buffer is the connection's, and may be many times as large as what came in it: copied and given
                // back.
                boolean taken = take(chunk.getByteBuffer());
                boolean last = chunk.isLast();
                chunk.release();
                if (!taken) {
                    goOn(request, BodyReader.busy());
                    return;
                }
                if (last) {
                    goOn(new Loaded(request, bytes, length), new Body.Bytes(bytes, length, () -> {}));
                    return;
                }
                if (clock.instant().isAfter(end)) {
                    goOn(request, BodyReader.tooSlow());
                    return;
                }
            }
        }

        /** False if too much is held of others. */
        private boolean take(ByteBuffer more) {
            int size = length + more.remaining();
            if (size > bytes.length) {
                int larger = Math.max(size, Math.min(expected, Math.max(FIRST, 2 * bytes.length)));
                int added = larger - bytes.length;
                if (free.addAndGet(-added) < 0) {
                    free.addAndGet(added);
                    return false;
                }
                reserved.addAndGet(added);
                bytes = Arrays.copyOf(bytes, larger);
            }
            more.get(bytes, length, more.remaining());
            length = size;
            return true;
        }

        /** For want of bytes it can still be told so; else there is nobody to tell. */
        private void failed(Content.Chunk chunk) {
            if (Content.Chunk.isFailure(chunk, false)) {
                goOn(request, BodyReader.tooSlow());
            } else {
                callback.failed(chunk.getFailure());
            }
        }

        private void goOn(Request with, Body body) {
            with.setAttribute(BODY, body);
            try {
                if (!ShortBodies.super.handle(with, response, callback)) {
                    Response.writeError(with, response, callback, 404);
                }
            } catch (Exception e) {
                Response.writeError(with, response, callback, e);
            }
        }
    }

    /** For whoever reads the body as one does. */
    private static final class Loaded extends Request.Wrapper {
        private @Nullable ByteBuffer body;

        Loaded(Request request, byte[] bytes, int length) {
            super(request);
            body = ByteBuffer.wrap(bytes, 0, length);
        }

        @Override
        public Content.Chunk read() {
            ByteBuffer all = body;
            body = null;
            return all == null ? Content.Chunk.EOF : Content.Chunk.from(all, true);
        }

        @Override
        public void demand(Runnable ready) {
            getComponents().getExecutor().execute(ready);
        }
    }
}
