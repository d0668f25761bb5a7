package io.repertoire.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "templates", description = "An empty file of a layout, to fill in.")
final class TemplatesCommand extends Action.NotBuilt {

    @Parameters(paramLabel = "LAYOUT", description = "Layout.")
    String layout = "";

    @Option(names = "--lang", paramLabel = "fr|en", defaultValue = "en", description = "Language of its headers.")
    String language = "en";
}
