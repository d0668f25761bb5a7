package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.RunningInstallation;
import io.repertoire.app.process.Servers;
import io.repertoire.app.process.Servers.Need;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

@Command(name = "status", description = "What is running on this data folder, and where. Starts nothing.")
final class StatusCommand extends Action {

    private static final Pattern PASSWORD = Pattern.compile("[?&]password=[^&]*$|(?<=[?&])password=[^&]*&");

    @Override
    public Integer call() {
        Configuration configuration = root().configuration();
        var data = new DataFolder(configuration.dataDir());
        if (root().namesDataFolder()
                && !Files.isDirectory(data.root())
                && !Servers.allConfigured(configuration, EnumSet.allOf(Need.class))) {
            throw Repertoire.missing(data);
        }
        var status = RunningInstallation.look(configuration, data);
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
        postgresql(status);
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

    /** What is shown to people ends in their screenshots and reports; {@code --json} is for programs that connect. */
    private void postgresql(RunningInstallation status) {
        String url = status.jdbcUrl();
        String shown = url == null ? null : withoutPassword(url);
        line("postgresql", shown);
        if (url != null && !url.equals(shown)) {
            Path file = status.dataDir().resolve("run").resolve("servers.json");
            line(
                    "",
                    Files.exists(file)
                            ? "(password: in " + file + ", for its owner alone)"
                            : "(its password is not shown)");
        }
    }

    static String withoutPassword(String url) {
        return PASSWORD.matcher(url).replaceAll("");
    }

    private void line(String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            root().terminal().answer(String.format("%-16s %s", name, value));
        }
    }
}
