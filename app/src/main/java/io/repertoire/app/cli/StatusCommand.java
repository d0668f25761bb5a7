package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(name = "status", description = "What is running on this data folder, and where.")
final class StatusCommand extends Action.NotBuilt {}
