package io.repertoire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, the schema registry and PostgreSQL of one data folder, each of which a configured address may replace. One process at
 * a time runs those of a folder; others find them by {@link #running}.
 *
 * <p>Folders used, under the data folder: {@code kafka registry postgres logs run}. Addresses stay the same from one start to
 * the next unless somebody else has taken a port.
 */
public final class EmbeddedServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

    private final EmbeddedConfig config;
    private final List<EmbeddedServer> ours = new ArrayList<>();
    private final Map<String, Keeper> keepers = new ConcurrentHashMap<>();
    private final Object fileLock = new Object();
    private @Nullable FolderLock lock;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedRegistry registry;
    private @Nullable EmbeddedPostgres postgres;
    private volatile @Nullable ServerAddresses addresses;
    private boolean started;

    /** Does nothing yet. */
    public EmbeddedServers(EmbeddedConfig config) {
        this.config = config;
    }

    /**
     * The addresses of the servers that some process, maybe this one, runs in this data folder; empty while nobody does, or they
     * are still starting.
     */
    public static Optional<ServerAddresses> running(Path dataDir) {
        var run = dataDir.toAbsolutePath().normalize().resolve("run");
        try {
            return FolderLock.isHeld(run.resolve("servers.lock"))
                    ? new ServersFile(run.resolve("servers.json")).read()
                    : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddedServerException("The data folder " + dataDir + " cannot be read", e);
        }
    }

    /** What is wrong with servers that some process runs in this data folder, by name; empty while nothing is. */
    public static Map<String, String> faults(Path dataDir) {
        var run = dataDir.toAbsolutePath().normalize().resolve("run");
        try {
            return FolderLock.isHeld(run.resolve("servers.lock"))
                    ? new ServersFile(run.resolve("servers.json")).faults()
                    : Map.of();
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddedServerException("The data folder " + dataDir + " cannot be read", e);
        }
    }

    /**
     * Starts what is not configured, all at once, and returns when all answer. What an earlier process left behind after a kill
     * is stopped first. At most once. From then on the registry and PostgreSQL are started again whenever they end by themselves.
     *
     * @throws DataFolderInUseException if another process runs servers here
     * @throws EmbeddedServerException if one cannot be started; the others are stopped again
     */
    public synchronized ServerAddresses start() {
        if (started) {
            throw new IllegalStateException("started already");
        }
        started = true;
        try {
            if (config.kafkaBootstrapServers() == null || config.schemaRegistryUrl() == null || config.jdbc() == null) {
                prepare();
                startAll();
            }
            var all = new ServerAddresses(
                    config.kafkaBootstrapServers() != null
                            ? config.kafkaBootstrapServers()
                            : present(kafka).bootstrapServers(),
                    config.schemaRegistryUrl() != null
                            ? config.schemaRegistryUrl()
                            : present(registry).url(),
                    config.jdbc() != null ? config.jdbc() : present(postgres).address());
            addresses = all;
            if (lock != null) {
                tell();
                keepers.values().forEach(Keeper::start);
            }
            return all;
        } catch (IOException | UncheckedIOException e) {
            close();
            throw new EmbeddedServerException("The servers of " + config.dataDir() + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EmbeddedServerException("Interrupted while starting the servers", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where they are, after {@link #start}. */
    public ServerAddresses addresses() {
        return present(addresses);
    }

    /** How each is; cheap, from any thread. */
    public List<ServerState> check() {
        var all = addresses;
        var states = new ArrayList<ServerState>();
        states.add(state("kafka", kafka, all == null ? "" : all.kafkaBootstrapServers()));
        states.add(state("registry", registry, all == null ? "" : all.schemaRegistryUrl()));
        states.add(state("postgres", postgres, all == null ? "" : all.jdbc().toString()));
        return states;
    }

    /** Stops them all at once, each within a time limit of its own (20 s at most), and gives the data folder free. */
    @Override
    public synchronized void close() {
        keepers.values().forEach(Keeper::close);
        addresses = null;
        if (!ours.isEmpty()) {
            var threads = threads();
            for (var server : ours) {
                threads.execute(server::close);
            }
            threads.shutdown();
            try {
                if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                    LOG.warn("not all servers stopped in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ours.clear();
        }
        var held = lock;
        if (held != null) {
            lock = null;
            try (held) {
                file().delete();
            } catch (IOException e) {
                LOG.warn("the run folder cannot be tidied", e);
            }
        }
    }

    private void prepare() throws IOException, InterruptedException {
        Files.createDirectories(run());
        lock = FolderLock.takeExclusive(run().resolve("servers.lock")).orElse(null);
        if (lock == null) {
            throw new DataFolderInUseException("The data folder " + config.dataDir() + " is in use by "
                    + file().holder() + ": stop it, or choose another folder with --data");
        }
        file().write(null, Map.of());
        var ports = new Ports(run().resolve("ports.properties"));
        var data = config.dataDir();
        var logs = data.resolve("logs");
        if (config.kafkaBootstrapServers() == null) {
            kafka = new EmbeddedKafka(
                    data.resolve("kafka"),
                    ports.get("kafka"),
                    ports.get("kafka.controller"),
                    config.durable(),
                    config.kafkaSettings());
            ours.add(kafka);
        }
        if (config.schemaRegistryUrl() == null) {
            registry = new EmbeddedRegistry(
                    data.resolve("registry"),
                    logs.resolve("registry.log"),
                    ports.get("registry", EmbeddedRegistry.leftBehind(data.resolve("registry"))),
                    config.startLimit());
            ours.add(registry);
        }
        if (config.jdbc() == null) {
            postgres = new EmbeddedPostgres(
                    data.resolve("postgres"),
                    config.programs(),
                    logs.resolve("postgres.log"),
                    ports.get("postgres", EmbeddedPostgres.leftBehind(data.resolve("postgres"))),
                    config.durable(),
                    config.postgresSettings(),
                    config.startLimit());
            ours.add(postgres);
        }
        ports.save();
        for (var server : ours) {
            if (server.canStartAgain()) {
                keepers.put(server.name(), new Keeper(server, this::tellQuietly));
            }
        }
    }

    /** Other processes, through the run folder. */
    private void tell() throws IOException {
        var all = addresses;
        if (all == null) {
            return;
        }
        var faults = new TreeMap<String, String>();
        keepers.forEach((name, keeper) -> {
            var why = keeper.fault();
            if (why != null) {
                faults.put(name, why);
            }
        });
        synchronized (fileLock) {
            file().write(all, faults);
        }
    }

    private void tellQuietly() {
        try {
            tell();
        } catch (IOException e) {
            LOG.warn("the run folder cannot be written to", e);
        }
    }

    private void startAll() throws InterruptedException {
        var threads = threads();
        try {
            var starts = new ArrayList<Future<?>>();
            for (var server : ours) {
                starts.add(threads.submit(() -> {
                    long from = System.nanoTime();
                    server.start();
                    LOG.info("{} is up after {} ms", server.name(), (System.nanoTime() - from) / 1_000_000);
                    return null;
                }));
            }
            @Nullable EmbeddedServerException failure = null;
            for (int i = 0; i < starts.size(); i++) {
                try {
                    starts.get(i).get();
                } catch (ExecutionException e) {
                    var cause = e.getCause();
                    var next = cause instanceof EmbeddedServerException known
                            ? known
                            : new EmbeddedServerException(
                                    "The embedded " + ours.get(i).name() + " cannot be started", e);
                    if (failure == null) {
                        failure = next;
                    } else {
                        failure.addSuppressed(next);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private ServerState state(String name, @Nullable EmbeddedServer server, String address) {
        if (server == null) {
            return new ServerState(name, false, address, !address.isEmpty(), false, "");
        }
        var keeper = keepers.get(name);
        var fault = keeper == null ? server.fault() : keeper.fault();
        return new ServerState(name, true, address, fault == null, keeper != null, fault == null ? "" : fault);
    }

    private static <V> V present(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("not started");
        }
        return value;
    }

    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "embedded-servers");
            thread.setDaemon(true);
            return thread;
        });
    }

    private Path run() {
        return config.dataDir().resolve("run");
    }

    private ServersFile file() {
        return new ServersFile(run().resolve("servers.json"));
    }
}
