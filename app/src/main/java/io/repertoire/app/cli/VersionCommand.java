package io.repertoire.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Which version this is.")
final class VersionCommand extends Action {

    @Override
    public Integer call() {
        var versions = versions();
        if (root().json()) {
            root().terminal().answer(Json.object(node -> {
                node.put("version", versions.getProperty("version"));
                node.put("kafka", versions.getProperty("kafka"));
                node.put("java", System.getProperty("java.version"));
            }));
        } else {
            root().terminal()
                    .answer("repertoire " + versions.getProperty("version") + " (Kafka " + versions.getProperty("kafka")
                            + ", Java " + System.getProperty("java.version") + ")");
        }
        return 0;
    }

    private static Properties versions() {
        var properties = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("/io/repertoire/app/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties;
    }
}
