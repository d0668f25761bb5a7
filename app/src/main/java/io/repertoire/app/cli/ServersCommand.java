package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(name = "servers", description = "The embedded Kafka, schema registry and PostgreSQL alone; Ctrl-C stops them.")
final class ServersCommand extends Action {

    @Override
    public Integer call() {
        UpCommand.process(root(), "servers").servers();
        return 0;
    }
}
