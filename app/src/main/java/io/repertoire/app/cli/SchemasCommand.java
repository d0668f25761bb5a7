package io.repertoire.app.cli;

import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import picocli.CommandLine.Command;

@Command(
        name = "schemas",
        description = "The schemas of the topics.",
        subcommands = {SchemasCommand.Register.class, SchemasCommand.Check.class})
final class SchemasCommand extends Action {

    @Command(name = "register", description = "Register the schemas and their compatibility rules.")
    static final class Register extends Action {
        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.REGISTRY);
                    Wire wire = visit.connections().wire(true)) {
                wire.registerAll();
                root().terminal().say(Topics.AVRO.size() + " schemas are registered.");
                return 0;
            }
        }
    }

    @Command(name = "check", description = "Are the schemas in the registry those of this version? Changes nothing.")
    static final class Check extends Action {
        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.REGISTRY);
                    Wire wire = visit.connections().wire(false)) {
                wire.registerAll();
                root().terminal().say("The registry has the " + Topics.AVRO.size() + " schemas of this version.");
                return 0;
            }
        }
    }
}
