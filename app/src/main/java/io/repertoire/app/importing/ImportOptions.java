package io.repertoire.app.importing;

import io.repertoire.ingest.inbox.Sidecar;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the command line says about the files of one import; spelled as on the command line. */
public record ImportOptions(
        String directory,
        @Nullable String layout,
        @Nullable String sheet,
        String mode,
        String onError,
        @Nullable String group,
        @Nullable String source,
        boolean force,
        boolean dryRun) {

    /** As ingest reads them beside a dropped file. */
    Properties sidecar(String ticket, String waiter, String fileName) {
        var properties = new Properties();
        properties.setProperty(Sidecar.TICKET, ticket);
        properties.setProperty(Sidecar.WAITER, waiter);
        properties.setProperty(Sidecar.FILE_NAME, fileName);
        properties.setProperty(Sidecar.MODE, mode);
        properties.setProperty(Sidecar.ON_ERROR, onError);
        properties.setProperty(Sidecar.FORCE, Boolean.toString(force));
        properties.setProperty(Sidecar.DRY_RUN, Boolean.toString(dryRun));
        set(properties, Sidecar.LAYOUT, layout);
        set(properties, Sidecar.SHEET, sheet);
        set(properties, Sidecar.GROUP, group);
        set(properties, Sidecar.SOURCE, source);
        return properties;
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
