package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command: what it is given by picocli, and its way to the root's options. */
abstract class Action implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    /** A group of commands, such as {@code imports}, does nothing by itself. */
    @Override
    public Integer call() throws Exception {
        throw new ParameterException(
                spec.commandLine(),
                "\"" + spec.qualifiedName() + "\" needs one of: "
                        + String.join(", ", spec.subcommands().keySet()) + '.');
    }

    final Repertoire root() {
        return Repertoire.of(spec);
    }

    /** Wrong usage unless {@code value} is one of {@code allowed}. */
    final void oneOf(String option, String value, String... allowed) {
        if (!Arrays.asList(allowed).contains(value)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be one of " + String.join(", ", allowed) + ", not \"" + value + "\".");
        }
    }

    /** The parent of a command that has no code yet but whose line is already fixed. */
    abstract static class NotBuilt extends Action {
        @Override
        public final Integer call() {
            throw Failure.notBuilt('"' + spec.qualifiedName() + '"');
        }
    }
}
