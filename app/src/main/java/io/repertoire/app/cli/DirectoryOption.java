package io.repertoire.app.cli;

import io.repertoire.app.config.Configuration;
import io.repertoire.schemas.Keys;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --directory} of the commands that work on one; mixed in. */
final class DirectoryOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--directory",
            paramLabel = "D",
            defaultValue = Configuration.MAIN,
            description = "Directory (default: ${DEFAULT-VALUE}).")
    private String directory = Configuration.MAIN;

    /** Wrong usage unless it can be one. */
    String id() {
        if (!Keys.isDirectoryId(directory)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--directory must be lower case letters, digits, dots, hyphens or underscores, not \"" + directory
                            + "\".");
        }
        return directory;
    }
}
