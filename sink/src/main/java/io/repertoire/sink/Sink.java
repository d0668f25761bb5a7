package io.repertoire.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics → PostgreSQL, exactly once: the offset of what was read is in the transaction that writes it. Brings the tables up to date
 * when it starts, then runs one worker for each family of topics. Any number of sinks may run; partitions are shared out between them.
 */
public final class Sink implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(Sink.class);
    private static final long CLOSE_MILLIS = 15_000;

    private final SinkConfig config;
    private final Wire wire;
    private final Clock clock;
    private final SinkMetrics metrics;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Object migrating = new Object();
    private boolean migrated;
    private @Nullable HikariDataSource database;
    private volatile boolean started;
    private volatile boolean closed;

    /** @param wire stays the caller's to close, after this */
    public Sink(SinkConfig config, Wire wire, Clock clock, SinkMetrics metrics) {
        this.config = config;
        this.wire = wire;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "sink";
    }

    @Override
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("a sink starts once");
        }
        HikariDataSource pool = Databases.sinkPool(config.database(), Family.ALL.size());
        database = pool;
        for (Family family : Family.ALL) {
            Worker worker = new Worker(family, config, pool, wire, clock, metrics, () -> migrateOnce(pool));
            workers.add(worker);
            threads.add(new Thread(worker, "sink-" + family.name()));
        }
        threads.forEach(Thread::start);
        started = true;
    }

    private void migrateOnce(HikariDataSource pool) throws SQLException {
        synchronized (migrating) {
            if (!migrated) {
                int applied = Migrations.migrate(pool);
                migrated = true;
                LOG.info("tables are up to date, {} migrations applied", applied);
            }
        }
    }

    /** The worst of its workers'. */
    @Override
    public Health check() {
        if (closed) {
            return Health.of(Health.State.CLOSED, "");
        }
        if (!started) {
            return Health.of(Health.State.STARTING, "");
        }
        Health worst = Health.up();
        for (int i = 0; i < workers.size(); i++) {
            Health health = workers.get(i).health();
            if (!threads.get(i).isAlive()) {
                health = Health.of(Health.State.FAILED, threads.get(i).getName() + " has died");
            }
            worst = worst.worse(health);
        }
        return worst;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        workers.forEach(Worker::stop);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (database != null) {
            database.close();
        }
    }
}
