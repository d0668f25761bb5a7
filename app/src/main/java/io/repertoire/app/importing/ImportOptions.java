package io.repertoire.app.importing;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the command line says about the files of one import; spelled as on the command line. */
public record ImportOptions(
        String directory,
        @Nullable String layout,
        String mode,
        String onError,
        @Nullable String group,
        @Nullable String source,
        boolean force) {

    /** As ingest reads them beside a dropped file. */
    Properties sidecar(String ticket, String fileName) {
        var properties = new Properties();
        properties.setProperty("ticket", ticket);
        properties.setProperty("file.name", fileName);
        properties.setProperty("mode", mode);
        properties.setProperty("on-error", onError);
        properties.setProperty("force", Boolean.toString(force));
        set(properties, "layout", layout);
        set(properties, "group", group);
        set(properties, "source", source);
        return properties;
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
