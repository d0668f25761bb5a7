package io.repertoire.app.cli;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.ConfigurationLoader;
import io.repertoire.app.config.ConfigurationLoader.Loaded;
import io.repertoire.app.config.Settings;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Logging;
import io.repertoire.app.process.Servers;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.app.process.Shutdown;
import io.repertoire.app.process.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the commands, and the options that every one of them accepts, anywhere on the line. */
@Command(
        name = "repertoire",
        description = "A customer directory for shops: files and till events in, one clean customer list out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommandsRepeatable = false,
        sortOptions = false,
        usageHelpAutoWidth = false,
        subcommands = {
            UpCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            ImportsCommand.class,
            CustomersCommand.class,
            ReviewsCommand.class,
            TemplatesCommand.class,
            ServersCommand.class,
            StageCommands.Ingest.class,
            StageCommands.Streams.class,
            StageCommands.Sink.class,
            StageCommands.Console.class,
            TopicsCommand.class,
            DbCommand.class,
            SchemasCommand.class,
            DlqCommand.class,
            ConfigCommand.class,
            StatusCommand.class,
            BenchCommand.class,
            VersionCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed or a file refused as a whole, 2 wrong usage or not built yet."})
final class Repertoire implements Runnable {

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Clock clock;
    private @Nullable Path logFolder;
    private @Nullable Shutdown shutdown;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "Folder of the embedded servers' files, inbox, rejects and logs (default: data).")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "Configuration file (default: repertoire.properties, if it is there).")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "One setting; see \"repertoire config\".")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 104,
            description = "The answer as JSON, where the command has one.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 105,
            description = "This help.")
    boolean help;

    Repertoire(Terminal terminal, Path folder, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.clock = clock;
    }

    static Repertoire of(CommandSpec spec) {
        return (Repertoire) spec.root().userObject();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? There are: "
                        + String.join(", ", spec.subcommands().keySet()) + '.');
    }

    Terminal terminal() {
        return terminal;
    }

    Clock clock() {
        return clock;
    }

    boolean json() {
        return json;
    }

    /** Where the command was run; relative names of the user's start here. */
    Path folder() {
        return folder.toAbsolutePath();
    }

    /** From the first call on, Ctrl-C waits until the command has closed what it opened. */
    Shutdown shutdown() {
        if (shutdown == null) {
            shutdown = Shutdown.install();
        }
        return shutdown;
    }

    /** The command is over and has nothing open any more. */
    void finished() {
        if (shutdown != null) {
            shutdown.finished();
        }
    }

    /** Where the details of a failure are; null before {@link #prepare}. */
    @Nullable
    Path logFolder() {
        return logFolder;
    }

    /** The configuration in force. All that is wrong with it is said at once. */
    Configuration configuration() {
        var flags = new LinkedHashMap<>(settings);
        if (data != null) {
            flags.put(Settings.DATA_DIR.key(), data);
        }
        Loaded loaded = ConfigurationLoader.load(folder.toAbsolutePath(), config, environment, flags);
        if (loaded instanceof Loaded.Valid valid) {
            return valid.configuration();
        }
        throw Failure.usage(String.join(System.lineSeparator(), ((Loaded.Invalid) loaded).problems()));
    }

    /**
     * The configuration, with the data folder made and the logs going there.
     *
     * @param logName the log file's name without its ending: one per kind of process
     */
    Configuration prepare(String logName) {
        Configuration configuration = configuration();
        var dataFolder = new DataFolder(configuration.dataDir());
        if (!Files.exists(dataFolder.root())) {
            terminal.say("Making the data folder " + dataFolder.root() + ".");
        }
        prepare(configuration, dataFolder, logName);
        return configuration;
    }

    /**
     * As {@link #prepare(String)}, for a command that works with what is there: where nothing is, it makes no installation, or one
     * letter wrong in the folder's name would answer for an empty directory.
     *
     * @param needs the servers it works with
     */
    Configuration prepareExisting(String logName, Set<Need> needs) {
        Configuration configuration = configuration();
        var dataFolder = new DataFolder(configuration.dataDir());
        if (!dataFolder.isMade() && !Servers.allConfigured(configuration, needs)) {
            throw missing(dataFolder);
        }
        prepare(configuration, dataFolder, logName);
        return configuration;
    }

    /** Wrong usage: nothing of ours is there. */
    static Failure missing(DataFolder dataFolder) {
        String what = Files.isDirectory(dataFolder.root())
                ? "No installation of Repertoire is in " + dataFolder.root()
                : "There is no directory at " + dataFolder.root();
        return Failure.usage(what + "; \"--data\" names the data folder, and \"up\" or \"import\" makes one.");
    }

    /** Whether the user named the data folder himself. */
    boolean namesDataFolder() {
        return data != null;
    }

    private void prepare(Configuration configuration, DataFolder dataFolder, String logName) {
        dataFolder.prepare();
        Logging.toFile(
                dataFolder.logs(),
                logName,
                configuration.get(Settings.LOG_LEVEL),
                configuration.get(Settings.LOG_FORMAT).equals("json"));
        logFolder = dataFolder.logs();
    }
}
