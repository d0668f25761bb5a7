package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.embedded.DataFolderInUseException;
import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServerException;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.FolderLock;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.embedded.ServerAddresses;
import io.repertoire.embedded.ServerState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers a process works with: configured ones, those that another process runs on the same data folder, or embedded ones
 * that it starts and stops itself.
 *
 * <p>A command that only comes by holds the lock {@code run/users.lock} in common with others of its kind. One of them that
 * started servers waits with stopping them until it is alone.
 */
public final class Servers implements AutoCloseable {

    /** What a process needs of the three. */
    public enum Need {
        KAFKA,
        REGISTRY,
        DATABASE
    }

    /** Stands in the addresses for a server that the owner of the others had no need of. */
    private static final String NOT_STARTED = "not-started";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STARTING_LIMIT = Duration.ofMinutes(3);
    private static final Duration OTHERS_START_LIMIT = Duration.ofSeconds(90);

    private final ServerAddresses addresses;
    private final @Nullable EmbeddedServers ours;
    private final @Nullable Guest guest;
    /** The data folder of the process that runs them, if that is another one. */
    private final @Nullable Path joined;

    private Servers(
            ServerAddresses addresses, @Nullable EmbeddedServers ours, @Nullable Guest guest, @Nullable Path joined) {
        this.addresses = addresses;
        this.ours = ours;
        this.guest = guest;
        this.joined = joined;
    }

    /** For {@code up} and {@code servers}: starts what is not configured; fails if another process runs servers here. */
    public static Servers start(Configuration configuration, DataFolder data) {
        return new Ways(configuration, data).own(EnumSet.allOf(Need.class), null);
    }

    /** For one stage: what is configured, or what another process runs here; waits a while for that process to start. */
    public static Servers join(Configuration configuration, DataFolder data, Terminal terminal, Shutdown shutdown) {
        return new Ways(configuration, data).join(terminal, shutdown);
    }

    /** For a command that comes and goes: what is configured, what runs here, or its own. */
    public static Servers visit(
            Configuration configuration, DataFolder data, Set<Need> needs, Terminal terminal, Shutdown shutdown) {
        return new Ways(configuration, data).visit(needs, terminal, shutdown);
    }

    /** Whether a process that needs these runs none of them itself. */
    public static boolean allConfigured(Configuration configuration, Set<Need> needs) {
        return needs.stream().allMatch(need -> switch (need) {
            case KAFKA -> configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS);
            case REGISTRY -> configuration.has(Settings.SCHEMA_REGISTRY_URL);
            case DATABASE -> configuration.has(Settings.JDBC_URL);
        });
    }

    /** True for what stands in an address in place of a server that does not run. */
    static boolean isPlaceholder(String address) {
        return address.equals(NOT_STARTED);
    }

    public ServerAddresses addresses() {
        return addresses;
    }

    /** True if this process started at least one of them. */
    public boolean embedded() {
        return ours != null;
    }

    /** How the embedded ones of this process are. */
    public List<ServerState> check() {
        return ours == null ? List.of() : ours.check();
    }

    /** Why this process has to be started again: a server inside it has failed for good. */
    public Optional<String> lost() {
        return check().stream()
                .filter(server -> server.name().equals("kafka") && server.embedded() && !server.up())
                .map(ServerState::detail)
                .findFirst();
    }

    /** True while the process whose servers these are does not run. */
    boolean ownerIsAway() {
        return joined != null && EmbeddedServers.running(joined).isEmpty();
    }

    /**
     * Waits until no other command uses what this process runs; returns at once if it runs nothing or was asked to stop. Then no
     * other command begins to use it any more, until {@link #close}.
     */
    public void awaitGuests(boolean runsStages, Terminal terminal, Shutdown shutdown) {
        if (guest != null && (ours != null || runsStages)) {
            guest.awaitTheOthers(terminal, shutdown);
        }
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
        if (guest != null) {
            guest.close();
        }
    }

    /** Our share of {@code run/users.lock}. */
    private static final class Guest implements AutoCloseable {
        private final Path file;
        private @Nullable FolderLock lock;

        Guest(Path file) {
            this.file = file;
        }

        static Guest enter(Path file, Shutdown shutdown) {
            var guest = new Guest(file);
            guest.enterAgain(shutdown);
            return guest;
        }

        void enterAgain(Shutdown shutdown) {
            while (true) {
                Optional<FolderLock> shared = FolderLock.tryShared(file);
                if (shared.isPresent()) {
                    lock = shared.get();
                    return;
                }
                if (shutdown.await(POLL)) {
                    throw Failure.failed("Stopped.");
                }
            }
        }

        void awaitTheOthers(Terminal terminal, Shutdown shutdown) {
            close();
            boolean said = false;
            while (true) {
                Optional<FolderLock> alone = FolderLock.tryExclusive(file);
                if (alone.isPresent()) {
                    lock = alone.get();
                    return;
                }
                if (!said) {
                    terminal.say("Another command still works with what this one started; waiting for it to end.");
                    said = true;
                }
                if (shutdown.await(POLL)) {
                    return;
                }
            }
        }

        @Override
        public void close() {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    /** The ways to come by servers. */
    private record Ways(Configuration configuration, DataFolder data) {

        Servers own(Set<Need> needs, @Nullable Guest guest) {
            EmbeddedConfig config = EmbeddedConfig.in(data.root())
                    .using(
                            address(Need.KAFKA, needs, configuration.get(Settings.KAFKA_BOOTSTRAP_SERVERS)),
                            address(Need.REGISTRY, needs, configuration.get(Settings.SCHEMA_REGISTRY_URL)),
                            database(needs));
            var embedded = new EmbeddedServers(config);
            try {
                return new Servers(embedded.start(), allConfigured(needs) ? null : embedded, guest, null);
            } catch (DataFolderInUseException inUse) {
                embedded.close();
                throw inUse;
            } catch (EmbeddedServerException notStarted) {
                embedded.close();
                String why = FailureText.isDiskFull(notStarted)
                        ? "the disk is full. Nothing is lost: make room and start again."
                        : notStarted.getMessage();
                throw Failure.failed("The embedded servers could not be started: " + why, notStarted);
            }
        }

        private static @Nullable String address(Need need, Set<Need> needs, String configured) {
            if (!configured.isEmpty()) {
                return configured;
            }
            return needs.contains(need) ? null : NOT_STARTED;
        }

        private @Nullable JdbcAddress database(Set<Need> needs) {
            JdbcAddress configured = configuredDatabase();
            if (configured != null) {
                return configured;
            }
            return needs.contains(Need.DATABASE) ? null : new JdbcAddress(NOT_STARTED, null, null);
        }

        private @Nullable JdbcAddress configuredDatabase() {
            if (!configuration.has(Settings.JDBC_URL)) {
                return null;
            }
            String user = configuration.get(Settings.JDBC_USER);
            String password = configuration.get(Settings.JDBC_PASSWORD);
            return new JdbcAddress(
                    configuration.get(Settings.JDBC_URL),
                    user.isEmpty() ? null : user,
                    password.isEmpty() ? null : password);
        }

        private boolean allConfigured(Set<Need> needs) {
            return Servers.allConfigured(configuration, needs);
        }

        /** What another process runs, the configured ones in their places; empty if something needed is missing. */
        private Optional<ServerAddresses> running(Set<Need> needs) {
            return EmbeddedServers.running(data.root())
                    .map(this::withConfigured)
                    .filter(found -> needs.stream().noneMatch(need -> switch (need) {
                        case KAFKA -> found.kafkaBootstrapServers().equals(NOT_STARTED);
                        case REGISTRY -> found.schemaRegistryUrl().equals(NOT_STARTED);
                        case DATABASE -> found.jdbc().url().equals(NOT_STARTED);
                    }));
        }

        private ServerAddresses withConfigured(ServerAddresses found) {
            JdbcAddress database = configuredDatabase();
            return new ServerAddresses(
                    configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS)
                            ? configuration.get(Settings.KAFKA_BOOTSTRAP_SERVERS)
                            : found.kafkaBootstrapServers(),
                    configuration.has(Settings.SCHEMA_REGISTRY_URL)
                            ? configuration.get(Settings.SCHEMA_REGISTRY_URL)
                            : found.schemaRegistryUrl(),
                    database != null ? database : found.jdbc());
        }

        Servers join(Terminal terminal, Shutdown shutdown) {
            Set<Need> all = EnumSet.allOf(Need.class);
            if (allConfigured(all)) {
                return own(all, null);
            }
            long end = System.nanoTime() + OTHERS_START_LIMIT.toNanos();
            boolean said = false;
            while (true) {
                Optional<ServerAddresses> found = running(all);
                if (found.isPresent()) {
                    return new Servers(found.get(), null, null, data.root());
                }
                if (!said) {
                    terminal.say("No servers run on " + data.root()
                            + " yet; waiting for \"repertoire servers\" to be started there ...");
                    said = true;
                }
                if (shutdown.await(POLL) || System.nanoTime() > end) {
                    throw Failure.failed("No servers run on " + data.root()
                            + ", and none are configured: start \"repertoire servers\" first, or set"
                            + " kafka.bootstrap.servers, schema.registry.url and jdbc.url.");
                }
            }
        }

        Servers visit(Set<Need> needs, Terminal terminal, Shutdown shutdown) {
            Guest guest = Guest.enter(data.run().resolve("users.lock"), shutdown);
            try {
                return visitAs(guest, needs, terminal, shutdown);
            } catch (RuntimeException failed) {
                guest.close();
                throw failed;
            }
        }

        private Servers visitAs(Guest guest, Set<Need> needs, Terminal terminal, Shutdown shutdown) {
            if (allConfigured(needs)) {
                return own(needs, guest);
            }
            long end = System.nanoTime() + STARTING_LIMIT.toNanos();
            boolean said = false;
            while (true) {
                Optional<ServerAddresses> found = running(needs);
                if (found.isPresent()) {
                    return new Servers(found.get(), null, guest, data.root());
                }
                try {
                    if (!said) {
                        terminal.say("Starting the servers ...");
                        said = true;
                    }
                    return own(needs, guest);
                } catch (DataFolderInUseException anotherProcess) {
                    // It is starting or stopping them, or runs others than we need. Whoever waits for it
                    // is no guest: it would otherwise wait for us.
                    guest.close();
                    if (shutdown.await(POLL) || System.nanoTime() > end) {
                        throw Failure.failed(String.valueOf(anotherProcess.getMessage()), anotherProcess);
                    }
                    guest.enterAgain(shutdown);
                }
            }
        }
    }
}
