package io.repertoire.ingest.http;

import io.repertoire.schemas.Blame;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One idempotent producer for all callers. A request thread never waits for the registry: until schemas and metadata have been
 * fetched in the background, events are answered with what is being waited for.
 */
final class KafkaEventPublisher implements EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventPublisher.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofSeconds(1);

    /** Threads inside {@code send}: it blocks while the cluster is unknown or the buffer is full, and must not take them all. */
    private static final int MAX_SENDING = 64;

    private final Function<Map<String, Object>, Producer<String, byte[]>> connect;
    private final Map<String, Object> producerConfig;
    private final Clock clock;
    private final Serializer<CustomerSubmission> customers;
    private final Serializer<SaleEvent> sales;
    private final Serializer<CustomerCommand> commands;
    private final Serializer<IngestProgress> progress;
    private final Semaphore places;
    private final Semaphore sending = new Semaphore(MAX_SENDING);
    private final Duration timeLimit;
    private final ScheduledExecutorService prober;

    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile Health health = Health.of(Health.State.STARTING, "");
    private volatile @Nullable Problem notReady =
            Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "Still starting; try again.", RETRY_AFTER);

    KafkaEventPublisher(HttpApiConfig config, Wire wire, Clock clock) {
        this(
                config,
                wire,
                clock,
                settings -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    KafkaEventPublisher(
            HttpApiConfig config,
            Wire wire,
            Clock clock,
            Function<Map<String, Object>, Producer<String, byte[]>> connect) {
        this.connect = connect;
        this.clock = clock;
        this.customers = wire.serializer(Topics.SUBMISSIONS);
        this.sales = wire.serializer(Topics.SALE_EVENTS);
        this.commands = wire.serializer(Topics.COMMANDS);
        this.progress = wire.serializer(Topics.INGEST_PROGRESS);
        this.places = new Semaphore(config.maxInFlight());
        this.timeLimit = config.timeLimit();
        this.producerConfig = producerConfig(config);
        this.prober = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "http-publisher-probe");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Map<String, Object> producerConfig(HttpApiConfig config) {
        long limit = config.timeLimit().toMillis();
        var values = new HashMap<String, Object>();
        values.put(ProducerConfig.CLIENT_ID_CONFIG, "repertoire-http");
        values.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        values.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        values.putAll(config.producer());
        // The answer must be out within the limit, and true: these are not the user's to change.
        values.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(limit / 5));
        values.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(limit * 3 / 10));
        values.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(limit * 7 / 10));
        values.put(ProducerConfig.ACKS_CONFIG, "all");
        values.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        values.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false");
        values.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        values.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return values;
    }

    @Override
    public void start() {
        prober.execute(this::probe);
    }

    @Override
    public Health check() {
        return health;
    }

    /** Until all is well, and again from the first failure on. Runs on the prober's thread only. */
    private void probe() {
        try {
            Producer<String, byte[]> connected = connected();
            if (connected == null) {
                return;
            }
            tryOut(connected);
            if (!health.ready()) {
                LOG.info("events over HTTP can be taken");
            }
            become(Health.up(), null);
        } catch (RegistryUnavailableException e) {
            waiting(ProblemCode.REGISTRY_UNAVAILABLE, "schema registry", e);
        } catch (ConfigException e) {
            LOG.error("the producer of events over HTTP is wrongly configured: {}", e.getMessage());
            become(
                    Health.of(Health.State.FAILED, "Kafka producer settings: " + e.getMessage()),
                    Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "The server is wrongly configured.", RETRY_AFTER));
            return;
        } catch (KafkaException e) {
            waiting(ProblemCode.KAFKA_UNAVAILABLE, "Kafka", e);
        } catch (RuntimeException e) {
            LOG.error("cannot prepare the producer of events over HTTP: {}", Blame.place(e));
            become(
                    Health.of(Health.State.FAILED, e.getClass().getSimpleName()),
                    Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "The server is not ready.", RETRY_AFTER));
        }
        if (!health.ready() && health.state() != Health.State.CLOSED) {
            Future<?> unused = prober.schedule(this::probe, PROBE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Null if closed meanwhile. */
    private @Nullable Producer<String, byte[]> connected() {
        Producer<String, byte[]> connected = producer;
        if (connected == null) {
            connected = connect.apply(producerConfig);
            if (!keep(connected)) {
                connected.close(Duration.ZERO);
                return null;
            }
        }
        return connected;
    }

    /** Asks for every topic and every schema that events need. */
    private void tryOut(Producer<String, byte[]> connected) {
        connected.partitionsFor(Topics.SUBMISSIONS.name());
        connected.partitionsFor(Topics.SALE_EVENTS.name());
        connected.partitionsFor(Topics.COMMANDS.name());
        connected.partitionsFor(Topics.INGEST_PROGRESS.name());
        customers.serialize(Topics.SUBMISSIONS.name(), Samples.submission(clock.instant()));
        sales.serialize(Topics.SALE_EVENTS.name(), Samples.sale(clock.instant()));
        commands.serialize(Topics.COMMANDS.name(), Samples.command(clock.instant()));
        progress.serialize(Topics.INGEST_PROGRESS.name(), Samples.progress(clock.instant()));
    }

    /** False if closed meanwhile. */
    private synchronized boolean keep(Producer<String, byte[]> connected) {
        if (health.state() == Health.State.CLOSED) {
            return false;
        }
        producer = connected;
        return true;
    }

    private void waiting(ProblemCode code, String what, RuntimeException cause) {
        if (health.state() != Health.State.WAITING) {
            LOG.warn("waiting for the {}: {}", what, cause.toString());
        }
        become(
                Health.of(Health.State.WAITING, what + " cannot be reached"),
                Problem.retryable(code, "The event was not taken; send it again.", RETRY_AFTER));
    }

    @Override
    public CompletableFuture<Published> publish(InputEvent event, Duration maxWait) {
        Problem problem = notReady;
        Producer<String, byte[]> connected = producer;
        if (problem != null || connected == null) {
            return notTaken(problem == null ? busy("The server is closing") : problem);
        }
        if (!acquire(places, maxWait)) {
            return notTaken(busy("More events are waiting for Kafka than may"));
        }
        var result = new CompletableFuture<Published>();
        if (!acquire(sending, maxWait.isZero() ? timeLimit.dividedBy(20) : maxWait)) {
            places.release();
            return notTaken(busy("Kafka takes events too slowly"));
        }
        boolean underWay = false;
        try {
            ProducerRecord<String, byte[]> kafkaRecord = encode(event, connected);
            Thread caller = Thread.currentThread();
            Future<?> unused = connected.send(kafkaRecord, (metadata, failure) -> {
                places.release();
                // On the caller's own thread only while send has not yet put the record into its queue.
                boolean beforeSending = Thread.currentThread() == caller;
                result.complete(failure == null ? Published.Acknowledged.INSTANCE : failed(failure, beforeSending));
            });
            underWay = true;
        } catch (RegistryUnavailableException e) {
            result.complete(new Published.NotTaken(Problem.retryable(
                    ProblemCode.REGISTRY_UNAVAILABLE, "The event was not taken; send it again.", RETRY_AFTER)));
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("an event over HTTP was not sent: {}", e.toString());
            result.complete(new Published.NotTaken(unavailable()));
        } finally {
            sending.release();
            if (!underWay) {
                places.release();
            }
        }
        return result;
    }

    private ProducerRecord<String, byte[]> encode(InputEvent event, Producer<String, byte[]> connected) {
        if (event instanceof InputEvent.Fetch fetch) {
            String topic = Topics.INGEST_PROGRESS.name();
            int partitions = connected.partitionsFor(topic).size();
            return new ProducerRecord<>(
                    topic,
                    Partitioning.partitionOf(fetch.directoryId(), partitions),
                    clock.millis(),
                    Keys.of(fetch.directoryId(), fetch.key()),
                    fetch.value() == null ? null : progress.serialize(topic, fetch.value()));
        }
        String topic;
        byte[] value;
        if (event instanceof InputEvent.Customer customer) {
            topic = Topics.SUBMISSIONS.name();
            value = customers.serialize(topic, customer.value());
        } else if (event instanceof InputEvent.Command command) {
            topic = Topics.COMMANDS.name();
            value = commands.serialize(topic, command.value());
        } else {
            topic = Topics.SALE_EVENTS.name();
            value = sales.serialize(topic, ((InputEvent.Sale) event).value());
        }
        var kafkaRecord = new ProducerRecord<>(topic, null, clock.millis(), event.directoryId(), value);
        Headers headers = kafkaRecord.headers();
        RecordHeaders.put(headers, RecordHeaders.ORIGIN_SOURCE, event.sourceSystem());
        return kafkaRecord;
    }

    /**
     * Only what Kafka certainly did not write may be called not taken. Everything else, the time-out first of all, may have been
     * written and its acknowledgement lost.
     *
     * @param beforeSending it failed before it was even queued
     */
    private Published failed(Exception failure, boolean beforeSending) {
        if (failure instanceof RecordTooLargeException) {
            return new Published.NotTaken(Problem.of(
                    ProblemCode.BODY_TOO_LARGE, "The event is larger than Kafka takes here; leave something out."));
        }
        LOG.warn("an event over HTTP was not acknowledged: {}", failure.toString());
        degrade();
        boolean certain = beforeSending
                || failure instanceof AuthorizationException
                || failure instanceof AuthenticationException
                || failure instanceof UnknownTopicOrPartitionException;
        return new Published.NotTaken(certain ? unavailable() : unknownFate());
    }

    static Problem unknownFate() {
        return Problem.retryable(
                ProblemCode.UNKNOWN_FATE,
                "Kafka did not acknowledge the event in time, so it may or may not have been taken. Send it again with the"
                        + " same event_id: if it was taken, that has no further effect.",
                RETRY_AFTER);
    }

    private static Problem unavailable() {
        return Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "The event was not taken; send it again.", RETRY_AFTER);
    }

    private static Problem busy(String why) {
        return Problem.retryable(ProblemCode.BUSY, why + ". The event was not taken; send it again.", RETRY_AFTER);
    }

    private synchronized void become(Health next, @Nullable Problem problem) {
        if (health.state() != Health.State.CLOSED) {
            health = next;
            notReady = problem;
        }
    }

    /** Events are still tried; the prober finds out when all is well again. */
    private synchronized void degrade() {
        if (health.state() == Health.State.UP) {
            become(Health.of(Health.State.WAITING, "Kafka does not acknowledge"), null);
            Future<?> unused = prober.schedule(this::probe, PROBE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static CompletableFuture<Published> notTaken(Problem problem) {
        return CompletableFuture.completedFuture(new Published.NotTaken(problem));
    }

    private static boolean acquire(Semaphore semaphore, Duration maxWait) {
        if (semaphore.tryAcquire()) {
            return true;
        }
        try {
            return !maxWait.isZero() && semaphore.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        Producer<String, byte[]> connected;
        synchronized (this) {
            prober.shutdownNow();
            notReady = busy("The server is closing");
            health = Health.of(Health.State.CLOSED, "");
            connected = producer;
            producer = null;
        }
        if (connected != null) {
            connected.close(timeLimit);
        }
    }
}
