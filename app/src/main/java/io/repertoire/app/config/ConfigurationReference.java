package io.repertoire.app.config;

import java.util.List;

/** The reference of the documentation, written from the settings themselves; a test holds the file to it. */
public final class ConfigurationReference {

    private ConfigurationReference() {}

    /** {@code docs/configuration.md}, whole. */
    public static String markdown() {
        var text = new StringBuilder("""
                # Configuration

                Values come from, the later winning: what is built in, `repertoire.properties` in the folder the command is run in (or the
                file of `--config`), the environment, flags (`--data DIR`, `--set KEY=VALUE`). `./repertoire config` prints what is in force and
                where each value comes from. Every problem is reported at once, and nothing starts with one.

                In the environment a key is written in upper case after `REPERTOIRE_`, with `_` for `.` and `-`.

                This page is generated from the code; a test fails when it is not current.

                ## Settings

                """);
        table(text, Settings.ALL, "");
        text.append("""

                Setting a server's address means "use mine, do not start one".

                ## Settings of a directory

                A directory is one merchant's customers; `main` is there without being named. `NAME` has lower case letters, digits, dots,
                hyphens and underscores.

                """);
        table(text, Settings.OF_A_DIRECTORY, "directory.NAME.");
        text.append("""

                ## Kafka's own settings

                | Prefix | Given to |
                |---|---|
                | `kafka.` | every client, such as `kafka.security.protocol` |
                | `kafka.producer.` | producers |
                | `kafka.consumer.` | consumers |
                | `kafka.streams.` | the streams stage |

                In the environment, `REPERTOIRE_KAFKA_SECURITY_PROTOCOL` is `kafka.security.protocol`: every `_` becomes a dot.

                ## Read by the launcher

                | Variable | Meaning |
                |---|---|
                | `REPERTOIRE_JAVA_OPTS` | options for the JVM, after the launcher's own |
                | `REPERTOIRE_BUILD_OPTS` | options for Maven when the launcher builds |
                | `JAVA_HOME` | the JDK, 17 or later; else `java` of the `PATH` |
                """);
        return text.toString();
    }

    private static void table(StringBuilder text, List<Setting<?>> settings, String prefix) {
        text.append("| Key | Default | Environment | Meaning |\n|---|---|---|---|\n");
        for (Setting<?> setting : settings) {
            text.append("| `").append(prefix).append(setting.key()).append("` | ");
            if (!setting.defaultValue().isEmpty()) {
                text.append('`').append(setting.defaultValue()).append('`');
            }
            text.append(" | `")
                    .append(Setting.environmentName(prefix + setting.key()))
                    .append("` | ")
                    .append(setting.doc().replace("|", "\\|"))
                    .append(" |\n");
        }
    }
}
