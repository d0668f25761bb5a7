package io.repertoire.sink;

import com.zaxxer.hikari.HikariDataSource;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A migrated database, and the workers' transactions on it without Kafka: records are made up, offsets count from 0. */
final class TestTables implements AutoCloseable {

    static final String CLUSTER = "cluster-1";

    private final DatabaseConfig config;
    private final HikariDataSource pool;

    TestTables(JdbcAddress address) {
        this(address, "latest");
    }

    /** A database as a release left it whose last migration was this one. */
    TestTables(JdbcAddress address, String version) {
        config = new DatabaseConfig(address.url(), address.user(), address.password());
        pool = Databases.sinkPool(config, 4);
        Migrations.configuration(pool).target(version).load().migrate();
    }

    HikariDataSource pool() {
        return pool;
    }

    DatabaseConfig config() {
        return config;
    }

    DirectoryQueries queries() {
        return new DirectoryQueries(pool);
    }

    Reader reader(Family family, Wire wire) {
        return new Reader(family, wire);
    }

    List<List<String>> rows(String sql) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    /** Whether the server takes connections to this database; if not, those there are end as well. */
    void allowConnections(boolean allow) throws SQLException {
        int slash = config.url().lastIndexOf('/');
        String name = config.url().substring(slash + 1);
        try (var connection = DriverManager.getConnection(
                        config.url().substring(0, slash) + "/postgres", config.user(), config.password());
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE \"" + name + "\" WITH ALLOW_CONNECTIONS " + allow);
            if (!allow) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        }
    }

    String value(String sql) throws SQLException {
        return rows(sql).get(0).get(0);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** One worker's transactions. Offsets are given by the caller, ascending for each topic. */
    final class Reader implements AutoCloseable {
        final List<SetAside> setAside = new ArrayList<>();
        final Progress progress;
        private final Family family;
        private final Transactions transactions;
        private final java.util.Map<String, PartitionCursor> cursors = new java.util.HashMap<>();

        private Reader(Family family, Wire wire) {
            this.family = family;
            progress = new Progress(family.group(), CLUSTER);
            transactions = new Transactions(pool, family.writer().apply(wire), setAside::addAll);
        }

        Reader take(String topic) throws Exception {
            var taken = transactions.take(progress, new TopicPartition(topic, 0), "id-" + topic, 0, 1_000_000, true);
            PartitionCursor cursor = taken.cursor();
            if (cursor == null) {
                throw new IllegalStateException(taken.resume().toString());
            }
            cursors.put(topic, cursor);
            return this;
        }

        /** Every topic of the family. */
        Reader takeAll() throws Exception {
            for (String topic : family.topicNames()) {
                take(topic);
            }
            return this;
        }

        long lastOffset(String topic) {
            return cursors.get(topic).lastOffset();
        }

        void apply(InputRecord... records) throws Exception {
            apply(List.of(records));
        }

        int purge(RejectPurge purge, java.time.Instant now) throws SQLException {
            return transactions.purge(purge, now);
        }

        /** Records of any topics of the family, in one transaction. */
        void apply(List<InputRecord> records) throws Exception {
            List<Transactions.Cut> cuts = new ArrayList<>();
            for (var entry : cursors.entrySet()) {
                List<InputRecord> own = records.stream()
                        .filter(r -> r.raw().topic().equals(entry.getKey()))
                        .toList();
                if (!own.isEmpty()) {
                    cuts.add(new Transactions.Cut(entry.getValue(), own));
                }
            }
            transactions.apply(progress, cuts);
            cuts.forEach(cut -> cut.cursor().committed(cut.lastOffset()));
        }

        @Override
        public void close() {
            transactions.close();
        }
    }

    static InputRecord outcome(Wire wire, String directory, String importId, long line, String customer, long offset) {
        return Records.polled(
                wire,
                Topics.ROW_OUTCOMES,
                Keys.of(directory, importId),
                Records.outcome(directory, importId, line, customer, line),
                offset);
    }

    static InputRecord summary(
            Wire wire,
            String directory,
            String importId,
            io.repertoire.schemas.ImportStatus status,
            long read,
            long through,
            long offset) {
        return Records.polled(
                wire,
                Topics.IMPORTS,
                Keys.of(directory, importId),
                Records.summary(directory, importId, status, read, through),
                offset);
    }
}
