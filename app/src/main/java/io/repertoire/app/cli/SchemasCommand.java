package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(
        name = "schemas",
        description = "The schemas of the topics.",
        subcommands = {SchemasCommand.Register.class, SchemasCommand.Check.class})
final class SchemasCommand extends Action {

    @Command(name = "register", description = "Register the schemas and their compatibility rules.")
    static final class Register extends NotBuilt {}

    @Command(name = "check", description = "Compare the schemas with the registry's; changes nothing.")
    static final class Check extends NotBuilt {}
}
