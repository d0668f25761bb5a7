package io.repertoire.ingest.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.repertoire.schemas.Blame;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/customers}, {@code /v1/sales} and {@code /v1/events}, and vendors' {@link Webhooks}, as documented in {@code
 * docs/http.md} and in the OpenAPI document at {@code /v1/openapi.json}. An event is
 * answered 202 only once Kafka has acknowledged it; what could not be sent is answered 503, always with word of whether it may
 * have been taken.
 *
 * <p>The server is the application's: call {@link #addTo} while configuring it. Requests before {@link #start} and after
 * {@link #close} are answered 503.
 */
public final class HttpApi implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    /** Bytes of a refused body that are still read, so that a caller in the middle of sending gets to read the answer. */
    private static final long MAX_DRAIN = 8L << 20;

    /** Of how many callers at a time. */
    private static final int MOST_DRAINED = 32;

    private final HttpApiConfig config;
    private final ApiKeys keys;
    private final EventPublisher publisher;
    private final Clock clock;
    private final HttpMetrics metrics;
    private final EventReader reader = new EventReader();
    private final BodyReader bodies;
    private final BatchSender batches;
    private final VendorSender sender;
    private final Webhooks webhooks;
    private final ExecutorService answering;
    private final Semaphore draining = new Semaphore(MOST_DRAINED);
    private @Nullable FetchLoop fetching;

    public HttpApi(HttpApiConfig config, Wire wire, Clock clock, HttpMetrics metrics) {
        this(config, WebhookSettings.NONE, wire, clock, metrics);
    }

    public HttpApi(HttpApiConfig config, WebhookSettings webhooks, Wire wire, Clock clock, HttpMetrics metrics) {
        this(config, webhooks, new KafkaEventPublisher(config, wire, clock), clock, metrics);
        if (webhooks.fetches()) {
            fetching = new FetchLoop(webhooks, wire, publisher, sender, clock);
        }
    }

    HttpApi(
            HttpApiConfig config,
            WebhookSettings webhooks,
            EventPublisher publisher,
            Clock clock,
            HttpMetrics metrics) {
        this.config = config;
        this.keys = new ApiKeys(config.apiKeys());
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
        this.bodies = new BodyReader(config.maxBodyMemoryBytes(), clock);
        this.batches = new BatchSender(reader, publisher, metrics, config);
        this.sender = new VendorSender(reader, publisher, metrics, config.timeLimit());
        this.webhooks = new Webhooks(webhooks, config, keys, bodies, sender, metrics, clock);
        var number = new AtomicInteger();
        // Kafka's own thread must never write to a caller's connection.
        this.answering = Executors.newFixedThreadPool(4, work -> {
            var thread = new Thread(work, "http-answer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void start() {
        publisher.start();
        if (fetching != null) {
            fetching.start();
        }
    }

    @Override
    public Health check() {
        return publisher.check();
    }

    /** Adds every address to the application's server. */
    public void addTo(JavalinConfig server) {
        server.jetty.modifyServer(jetty -> jetty.setHandler(new ShortBodies(config.maxBodyMemoryBytes() / 2, clock)));
        post(server, "/v1/customers", http -> receive(http, EventKind.CUSTOMER));
        post(server, "/v1/sales", http -> receive(http, EventKind.SALE));
        post(server, "/v1/events", http -> receive(http, null));
        webhooks.addTo(server, this);
        server.routes.get("/v1/openapi.json", ApiDocument::answer);
        server.routes.error(404, http -> {
            if (http.path().startsWith("/v1/")
                    && !Problem.CONTENT_TYPE.equals(http.res().getContentType())) {
                Answers.problem(
                        http,
                        Problem.of(
                                ProblemCode.NOT_FOUND,
                                "Events are posted to /v1/customers, /v1/sales or /v1/events; /v1/openapi.json says how."));
            }
        });
    }

    /** What arrives by POST, and a kind word for every other method. */
    void post(JavalinConfig server, String path, Handler handler) {
        server.routes.post(path, http -> {
            try {
                handler.handle(http);
            } catch (RuntimeException e) {
                fault(http, e);
            }
        });
        Handler notAllowed =
                http -> refuse(http, Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Only POST is taken here."));
        for (HandlerType method : List.of(
                HandlerType.GET,
                HandlerType.HEAD,
                HandlerType.PUT,
                HandlerType.PATCH,
                HandlerType.DELETE,
                HandlerType.OPTIONS)) {
            server.routes.addHttpHandler(method, path, notAllowed);
        }
    }

    private void receive(Context http, @Nullable EventKind expected) {
        String key = RequestHeaders.apiKey(http);
        String directoryId = key == null ? null : keys.directoryOf(key);
        if (directoryId == null) {
            refuse(http, key == null ? RequestHeaders.keyMissing() : RequestHeaders.keyWrong());
            return;
        }
        Problem problem = RequestHeaders.checkContentType(http);
        if (problem != null) {
            refuse(http, problem);
            return;
        }
        boolean batch = RequestHeaders.mediaType(http).equals(Answers.NDJSON);
        Body body = bodies.read(http, batch ? config.maxBatchBytes() : config.maxEventBytes());
        if (body instanceof Body.Refused refused) {
            refuse(http, refused.problem());
            return;
        }
        try (var bytes = (Body.Bytes) body) {
            var context = new EventReader.Context(
                    expected, directoryId, batch ? null : RequestHeaders.idempotencyKey(http), clock.instant());
            if (batch) {
                receiveBatch(http, bytes, context);
            } else {
                receiveSingle(http, bytes, context);
            }
        }
    }

    private void receiveSingle(Context http, Body.Bytes body, EventReader.Context context) {
        metrics.received();
        Reading reading = reader.read(body.bytes(), 0, body.length(), 1, context);
        if (reading instanceof Reading.Refused refused) {
            metrics.refused(refused.problem().code());
            Answers.problem(http, refused.problem());
            return;
        }
        var event = (Reading.Event) reading;
        CompletableFuture<Published> fate = publisher.publish(event.event(), Duration.ZERO);
        if (fate.isDone()) {
            answer(http, event, fate.join());
            return;
        }
        http.future(() -> fate.completeOnTimeout(
                        new Published.NotTaken(KafkaEventPublisher.unknownFate()),
                        config.timeLimit().toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenAcceptAsync(published -> answer(http, event, published), answering));
    }

    private void answer(Context http, Reading.Event event, Published published) {
        if (published instanceof Published.NotTaken notTaken) {
            if (notTaken.problem().retryAfter() == null) {
                metrics.refused(notTaken.problem().code());
            } else {
                metrics.unavailable(notTaken.problem().code());
            }
            Answers.problem(http, notTaken.problem());
        } else {
            metrics.accepted(event.event() instanceof InputEvent.Customer ? EventKind.CUSTOMER : EventKind.SALE);
            Answers.accepted(http, event.event(), event.warnings());
        }
    }

    private void receiveBatch(Context http, Body.Bytes body, EventReader.Context context) {
        BatchSender.Outcome outcome = batches.send(body.bytes(), body.length(), context);
        if (outcome instanceof BatchSender.Outcome.Refused refused) {
            Answers.problem(http, refused.problem());
        } else {
            Answers.batch(http, ((BatchSender.Outcome.Lines) outcome).results());
        }
    }

    private void refuse(Context http, Problem problem) {
        metrics.requestRefused(problem.code());
        Answers.problem(http, problem);
        drain(http);
    }

    /** Never waits for bytes that do not come, except a little and for a few callers at a time. */
    private void drain(Context http) {
        if (http.header("Expect") != null || !draining.tryAcquire()) {
            // It waits for leave to send the body, and does not get it.
            http.header("Connection", "close");
            return;
        }
        byte[] sink = new byte[16 * 1024];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        try {
            ServletInputStream in = http.req().getInputStream();
            boolean all = isAllThere(http);
            for (long drained = 0; drained < MAX_DRAIN && System.nanoTime() < end; ) {
                if (in.isFinished()) {
                    return;
                }
                // The end of a body counts as bytes to wait for until it is read.
                if (!all && in.available() == 0) {
                    Thread.sleep(10);
                    continue;
                }
                int read = in.read(sink);
                if (read < 0) {
                    return;
                }
                drained += read;
            }
        } catch (IOException e) {
            LOG.debug("the caller went away: {}", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            draining.release();
        }
        http.header("Connection", "close");
    }

    /** It was read before a thread was given to it, so reading on never waits. */
    private static boolean isAllThere(Context http) {
        Object body = http.req().getAttribute(ShortBodies.BODY);
        return body instanceof Body.Bytes
                || (body == null && http.req().getContentLengthLong() <= 0 && http.header("Transfer-Encoding") == null);
    }

    /** Ours to mend. The message of an exception may quote the event, so only its class and place are logged. */
    private static void fault(Context http, RuntimeException e) {
        LOG.error("fault in the HTTP API: {}", Blame.place(e));
        Answers.problem(
                http,
                Problem.of(
                        ProblemCode.INTERNAL_ERROR,
                        "The event may or may not have been taken; sending it again with the same event_id is safe."));
    }

    @Override
    public void close() {
        if (fetching != null) {
            fetching.close();
        }
        publisher.close();
        answering.shutdown();
    }
}
