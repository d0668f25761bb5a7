package io.repertoire.sink;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.Health.State;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Progress.FencedException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one family of topics on a thread of its own. Whatever goes wrong that is not a record's fault ends in the same way: what was
 * read is forgotten, the partitions are taken anew, and reading goes on from the offset in the tables.
 */
final class Worker implements Runnable {

    /** What a worker needs before it may read. */
    interface Preparation {
        void run() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Family family;
    private final SinkConfig config;
    private final DataSource database;
    private final Wire wire;
    private final Clock clock;
    private final SinkMetrics metrics;
    private final Preparation preparation;
    private final Tally tally;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final CountDownLatch stop = new CountDownLatch(1);

    private volatile Health health = Health.of(State.STARTING, "");
    private volatile @Nullable Session running;

    Worker(
            Family family,
            SinkConfig config,
            DataSource database,
            Wire wire,
            Clock clock,
            SinkMetrics metrics,
            Preparation preparation) {
        this.family = family;
        this.config = config;
        this.database = database;
        this.wire = wire;
        this.clock = clock;
        this.metrics = metrics;
        this.preparation = preparation;
        this.tally = new Tally(family.name());
    }

    Health health() {
        return health;
    }

    /** From any thread; {@link #run} returns soon after. */
    void stop() {
        stop.countDown();
        Session session = running;
        if (session != null) {
            session.wakeup();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    @Override
    public void run() {
        while (!stopping()) {
            try {
                preparation.run();
                ClusterTopics topics = ClusterTopics.lookUp(config.kafka(), family.topicNames());
                if (topics.missing().isEmpty()) {
                    read(topics);
                } else {
                    waitFor("topics that do not exist yet: " + String.join(", ", topics.missing()), null);
                }
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (SQLException e) {
                waitFor(SqlErrors.describe(e), e);
            } catch (FlywayException e) {
                waitFor(
                        e.getCause() instanceof SQLException sql
                                ? SqlErrors.describe(sql)
                                : "the tables cannot be brought up to date",
                        e);
            } catch (OffsetOutOfRangeException e) {
                LOG.info("{}: the topic no longer holds the next offset", family.name());
            } catch (RegistryUnavailableException e) {
                waitFor("the schema registry does not answer", e);
            } catch (KafkaException e) {
                waitFor(describe(e), e);
            } catch (RuntimeException e) {
                waitFor("a fault: " + e.getClass().getSimpleName(), e);
            }
        }
        health = Health.of(State.CLOSED, "");
    }

    private static String describe(KafkaException e) {
        if (e instanceof AuthenticationException) {
            return "Kafka refuses the login";
        }
        // The plain exception is our own, of a question that was not answered.
        return e instanceof RetriableException || e.getClass() == KafkaException.class
                ? "Kafka does not answer"
                : "Kafka: " + e.getClass().getSimpleName();
    }

    private void waitFor(String what, @Nullable Exception cause) {
        if (stopping()) {
            return;
        }
        long millis = backoff.nextMillis();
        report(what, cause, millis);
        try {
            if (stop.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Says what is waited for; the exception's own message stays out of the log, it may quote data. */
    private void report(String what, @Nullable Exception cause, long millis) {
        health = Health.of(State.WAITING, family.name() + " waits: " + what);
        metrics.retried(
                family.name(), cause == null ? "waiting" : cause.getClass().getSimpleName());
        LOG.atWarn()
                .addKeyValue("family", family.name())
                .addKeyValue("exception", cause == null ? "" : cause.getClass().getName())
                .addKeyValue("at", cause == null || cause.getStackTrace().length == 0 ? "" : cause.getStackTrace()[0])
                .log("{}; trying again in {} ms", what, millis);
    }

    private void read(ClusterTopics topics) throws SQLException {
        try (var session = new Session(family, config, database, wire, clock, metrics, topics, tally)) {
            running = session;
            session.open();
            while (!stopping()) {
                step(session);
                Health now = session.health();
                if (now != null) {
                    health = now;
                }
            }
        } finally {
            running = null;
        }
    }

    private void step(Session session) {
        try {
            if (session.step()) {
                backoff.reset();
            }
        } catch (SQLException e) {
            giveUp(session, SqlErrors.describe(e), e);
        } catch (FencedException e) {
            giveUp(session, "another sink took a partition", e);
        } catch (RegistryUnavailableException e) {
            giveUp(session, "the schema registry does not answer", e);
        }
    }

    private void giveUp(Session session, String what, Exception cause) {
        long millis = backoff.nextMillis();
        report(what, cause, millis);
        session.giveUpFor(millis);
    }
}
