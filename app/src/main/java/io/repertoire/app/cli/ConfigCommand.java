package io.repertoire.app.cli;

import io.repertoire.app.config.Configuration;
import picocli.CommandLine.Command;

@Command(name = "config", description = "The settings in force, secrets masked, and where each value comes from.")
final class ConfigCommand extends Action {

    @Override
    public Integer call() {
        Configuration configuration = root().configuration();
        var terminal = root().terminal();
        configuration.warnings().forEach(terminal::say);
        if (root().json()) {
            var node = Json.node();
            for (Configuration.Entry entry : configuration.entries()) {
                node.putObject(entry.key()).put("value", entry.value()).put("source", entry.source());
            }
            terminal.answer(Json.line(node));
            return 0;
        }
        int width = configuration.entries().stream()
                .mapToInt(entry -> entry.key().length() + entry.value().length())
                .max()
                .orElse(0);
        for (Configuration.Entry entry : configuration.entries()) {
            String setting = entry.key() + " = " + entry.value();
            terminal.answer(setting + " ".repeat(Math.max(0, width + 5 - setting.length())) + "# " + entry.source());
        }
        return 0;
    }
}
