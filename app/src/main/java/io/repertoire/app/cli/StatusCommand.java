package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.RunningInstallation;
import picocli.CommandLine.Command;

@Command(name = "status", description = "What is running on this data folder, and where. Starts nothing.")
final class StatusCommand extends Action {

    @Override
    public Integer call() {
        Configuration configuration = root().configuration();
        var status = RunningInstallation.look(configuration, new DataFolder(configuration.dataDir()));
        if (root().json()) {
            root().terminal().answer(Json.line(json(status)));
        } else {
            text(status);
        }
        return 0;
    }

    private static JsonNode json(RunningInstallation status) {
        var node = Json.node()
                .put("kafkaBootstrapServers", status.kafkaBootstrapServers())
                .put("schemaRegistryUrl", status.schemaRegistryUrl())
                .put("jdbcUrl", status.jdbcUrl())
                .put("httpUrl", status.httpUrl())
                .put("dataDir", status.dataDir().toString());
        var components = node.putArray("components");
        for (RunningInstallation.Component component : status.components()) {
            components
                    .addObject()
                    .put("name", component.name())
                    .put("state", component.state())
                    .put("detail", component.detail());
        }
        return node;
    }

    private void text(RunningInstallation status) {
        var terminal = root().terminal();
        line("data folder", status.dataDir().toString());
        line("kafka", status.kafkaBootstrapServers());
        line("schema registry", status.schemaRegistryUrl());
        line("postgresql", status.jdbcUrl());
        line("http", status.httpUrl());
        if (status.components().isEmpty()) {
            terminal.answer("Nothing is running here.");
        }
        for (RunningInstallation.Component component : status.components()) {
            terminal.answer(String.format(
                    "%-16s %s%s",
                    component.name(),
                    component.state(),
                    component.detail().isEmpty() ? "" : ", " + component.detail()));
        }
    }

    private void line(String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            root().terminal().answer(String.format("%-16s %s", name, value));
        }
    }
}
