package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(name = "up", description = "Everything in one process tree; Ctrl-C stops it.")
final class UpCommand extends Action.NotBuilt {}
