package io.repertoire.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a process of its own, with {@code fsync} and {@code full_page_writes} on, reachable from this machine only and
 * with a password that is made at the first start.
 */
final class EmbeddedPostgres implements EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "repertoire";
    private static final String DATABASE = "repertoire";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    /** Its own file, so that an operator's {@code postgresql.conf} and {@code ALTER SYSTEM} still win. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "'127.0.0.1'"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("max_connections", "60"),
            Map.entry("shared_buffers", "192MB"),
            Map.entry("work_mem", "16MB"),
            Map.entry("maintenance_work_mem", "128MB"),
            Map.entry("effective_cache_size", "1GB"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("checkpoint_completion_target", "0.9"),
            Map.entry("io_workers", "1"),
            Map.entry("max_parallel_workers_per_gather", "1"),
            Map.entry("autovacuum_max_workers", "2"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "'UTC'"),
            Map.entry("log_timezone", "'UTC'"),
            // A statement, or the detail of an error, may quote a customer.
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"));

    private final Path folder;
    private final Path programsFolder;
    private final Path log;
    private final int port;
    private final boolean durable;
    private final Map<String, String> settings;
    private final Duration startLimit;
    private volatile @Nullable Process process;
    private volatile @Nullable PostgresPrograms programs;
    private volatile String password = "";

    EmbeddedPostgres(
            Path folder,
            Path programsFolder,
            Path log,
            int port,
            boolean durable,
            Map<String, String> settings,
            Duration startLimit) {
        this.folder = folder.resolve("data");
        this.programsFolder = programsFolder;
        this.log = log;
        this.port = port;
        this.durable = durable;
        this.settings = settings;
        this.startLimit = startLimit;
    }

    /** Whether one of this folder still runs that nobody owns any more. */
    static boolean leftBehind(Path folder) {
        return !ChildProcess.withArguments(List.of("-D", folder.resolve("data").toString()))
                .isEmpty();
    }

    @Override
    public String name() {
        return "postgres";
    }

    /** Known once it has started. */
    JdbcAddress address() {
        return new JdbcAddress(url(DATABASE), USER, password);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        var logFolder = log.getParent();
        if (logFolder != null) {
            Files.createDirectories(logFolder);
        }
        var unpacked = PostgresPrograms.unpackedIn(programsFolder);
        programs = unpacked;
        unpacked.checkUser(log);
        stopLeftBehind(unpacked);
        Folders.deleteHalves(folder);
        Folders.createWhole(folder, half -> initialise(unpacked, half));
        if (!Files.exists(folder.resolve("PG_VERSION"))) {
            throw new EmbeddedServerException(folder + " holds something else than PostgreSQL's data: move it away");
        }
        password = Files.readString(passwordFile(folder)).strip();
        var arguments = new ArrayList<>(List.of("-D", folder.toString(), "-p", Integer.toString(port)));
        if (!durable) {
            arguments.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"));
        }
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        var started = ChildProcess.start(unpacked.command("postgres", arguments), Map.of(), folder, log);
        process = started;
        awaitAnswer(started);
    }

    @Override
    public boolean canStartAgain() {
        return true;
    }

    @Override
    public @Nullable String fault() {
        return ChildProcess.fault(process, log);
    }

    @Override
    public void close() {
        var running = process;
        var unpacked = programs;
        if (running == null || unpacked == null) {
            return;
        }
        process = null;
        try {
            stop(unpacked, running.toHandle());
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop cleanly; it recovers at its next start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }

    /** Fast shutdown: connections are cut, what is committed is kept. */
    private void stop(PostgresPrograms unpacked, ProcessHandle server) throws IOException, InterruptedException {
        if (server.isAlive()) {
            var stop = List.of("stop", "-D", folder.toString(), "-m", "fast", "-W");
            ChildProcess.run(unpacked.command("pg_ctl", stop), log, CLOSE_LIMIT);
            if (!ChildProcess.ended(server, CLOSE_LIMIT)) {
                LOG.warn("PostgreSQL did not stop within {} s and is killed", CLOSE_LIMIT.toSeconds());
                server.destroyForcibly();
                ChildProcess.ended(server, CLOSE_LIMIT);
            }
        }
    }

    private void stopLeftBehind(PostgresPrograms unpacked) throws IOException, InterruptedException {
        for (var left : ChildProcess.withArguments(List.of("-D", folder.toString()))) {
            LOG.info("stopping the PostgreSQL {} that an earlier process left behind", left.pid());
            stop(unpacked, left);
        }
        // Its number may since have been given to another program, which
        // PostgreSQL would take for itself and refuse to start.
        var pidFile = folder.resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            var lines = Files.readAllLines(pidFile, StandardCharsets.ISO_8859_1);
            var isPostgres = !lines.isEmpty()
                    && lines.get(0).strip().matches("\\d{1,18}")
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                            .flatMap(found -> found.info().command())
                            .map(command -> command.contains("postgres"))
                            .orElse(false);
            if (!isPostgres) {
                Files.delete(pidFile);
            }
        }
    }

    private void initialise(PostgresPrograms unpacked, Path half) throws IOException, InterruptedException {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        var secretFile = half.resolveSibling(half.getFileName() + ".secret");
        Files.deleteIfExists(secretFile);
        Files.createFile(
                secretFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secretFile, HexFormat.of().formatHex(secret));
        try {
            var arguments = new ArrayList<>(List.of(
                    "-D",
                    half.toString(),
                    "-U",
                    USER,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--auth=scram-sha-256",
                    "--pwfile=" + secretFile));
            if (!durable) {
                arguments.add("--no-sync");
            }
            if (ChildProcess.run(unpacked.command("initdb", arguments), log, startLimit) != 0) {
                throw new EmbeddedServerException(
                        "PostgreSQL's data folder cannot be initialised; see " + log + "\n" + ChildProcess.tail(log));
            }
            Files.move(secretFile, passwordFile(half));
        } finally {
            Files.deleteIfExists(secretFile);
        }
        var lines = new ArrayList<String>();
        new TreeMap<>(SETTINGS).forEach((name, value) -> lines.add(name + " = " + value));
        Files.write(half.resolve("repertoire.conf"), lines);
        var conf = half.resolve("postgresql.conf");
        var original = Files.readString(conf);
        Files.writeString(
                conf,
                "# Settings below, and those of ALTER SYSTEM, win over these.\ninclude 'repertoire.conf'\n\n"
                        + original.replaceAll(
                                "(?m)^(max_connections|shared_buffers|max_wal_size|log_timezone|timezone)\\b", "#$1"));
    }

    private void awaitAnswer(Process started) throws IOException, InterruptedException {
        long end = System.nanoTime() + startLimit.toNanos();
        while (System.nanoTime() < end) {
            if (!started.isAlive()) {
                throw new EmbeddedServerException(
                        "PostgreSQL ended while starting; see " + log + "\n" + ChildProcess.tail(log));
            }
            try (var connection = DriverManager.getConnection(url("postgres"), login())) {
                createDatabase(connection);
                return;
            } catch (SQLException e) {
                var state = String.valueOf(e.getSQLState());
                if (!state.startsWith("08") && !state.equals("57P03")) {
                    throw new IOException("PostgreSQL refuses us: SQLSTATE " + state, e);
                }
            }
            Thread.sleep(20);
        }
        throw new EmbeddedServerException(
                "PostgreSQL does not answer after " + startLimit.toSeconds() + " s; see " + log);
    }

    private Properties login() {
        var login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        // One that hangs must not hang us.
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "60");
        return login;
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    private static Path passwordFile(Path data) {
        return data.resolve("repertoire.password");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
