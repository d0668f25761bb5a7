package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.FailureText;
import io.repertoire.app.process.Terminal;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses a command line, runs the command, and turns whatever happens into an exit code and words. */
public final class CommandLineInterface {

    private static final int HELP_WIDTH = 100;

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Clock clock;

    /**
     * @param folder the folder the command is run in
     * @param environment the process's environment
     */
    public CommandLineInterface(Terminal terminal, Path folder, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** @return 0 done, 1 failed or a file refused as a whole, 2 wrong usage or not built yet */
    public int run(String... args) {
        int exitCode;
        var root = new Repertoire(terminal, folder, environment, clock);
        try {
            exitCode = commandLine(root).execute(args);
        } catch (LinkageError | VirtualMachineError unusable) {
            // The last line of defence: what picocli lets through is never shown as it is.
            LoggerFactory.getLogger(CommandLineInterface.class).error("The command failed", unusable);
            terminal.say(FailureText.of(unusable));
            exitCode = Failure.FAILED;
        }
        terminal.out().flush();
        terminal.err().flush();
        root.finished();
        return exitCode;
    }

    /** The whole tree of commands, ready to parse. */
    CommandLine commandLine() {
        return commandLine(new Repertoire(terminal, folder, environment, clock));
    }

    private CommandLine commandLine(Repertoire root) {
        var commandLine = new CommandLine(root);
        sayWhatIsNotBuilt(commandLine);
        return commandLine
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setOverwrittenOptionsAllowed(true)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler(this::failed);
    }

    /** In the help, of the command and of the group it is in. */
    private static void sayWhatIsNotBuilt(CommandLine command) {
        if (command.getCommand() instanceof Action.NotBuilt) {
            String[] said =
                    command.getCommandSpec().usageMessage().description().clone();
            said[0] = "(Not built yet.) " + said[0];
            command.getCommandSpec().usageMessage().description(said);
        }
        command.getSubcommands().values().forEach(CommandLineInterface::sayWhatIsNotBuilt);
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        terminal.say(
                wrong instanceof UnmatchedArgumentException unmatched
                        ? "Not understood: " + String.join(" ", unmatched.getUnmatched())
                        : wordsOf(wrong));
        terminal.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return Failure.USAGE;
    }

    private static String wordsOf(ParameterException wrong) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPathException name) {
                return "The name " + name.getInput() + " cannot be read with this locale: set LC_ALL=C.UTF-8.";
            }
        }
        return String.valueOf(wrong.getMessage())
                .replace("option option ", "option ")
                .replace(" is not a long", " is not a whole number")
                .replace(" is not an int", " is not a whole number");
    }

    private int failed(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof Failure failure) {
            if (failure.getCause() != null) {
                LoggerFactory.getLogger(CommandLineInterface.class).error("The command failed", failure);
            }
            terminal.say(FailureText.of(failure));
            return failure.exitCode();
        }
        LoggerFactory.getLogger(CommandLineInterface.class).error("The command failed", thrown);
        terminal.say(FailureText.of(thrown));
        Repertoire root =
                command.getCommandSpec().root().userObject() instanceof Repertoire repertoire ? repertoire : null;
        if (root != null && root.logFolder() != null) {
            terminal.say("The details are in " + root.logFolder() + ".");
        }
        return Failure.FAILED;
    }
}
