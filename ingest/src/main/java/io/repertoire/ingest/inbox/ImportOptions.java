package io.repertoire.ingest.inbox;

import io.repertoire.customers.SourceSystems;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.OnError;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be imported: what its sidecar says, else what the folder's {@code import.properties} says, else the defaults.
 *
 * @param ticket name of the receipt that whoever dropped the file reads; null if nobody asked for one
 * @param fileName as the user knows it; null: as it was dropped
 * @param sheet of a workbook; null: the first
 * @param fault an option that cannot be understood; the file is refused for it
 */
record ImportOptions(
        @Nullable String ticket,
        @Nullable String fileName,
        @Nullable String layout,
        @Nullable String sheet,
        ImportMode mode,
        OnError onError,
        @Nullable String group,
        @Nullable String source,
        boolean force,
        boolean dryRun,
        @Nullable Refusal fault) {

    static final String BAD_OPTION = "BAD_OPTION";

    static ImportOptions of(Properties given) {
        Refusal fault = null;
        for (String name : given.stringPropertyNames()) {
            if (!Sidecar.KEYS.contains(name)) {
                fault = name.equals(Sidecar.BROKEN)
                        ? new Refusal(
                                BAD_OPTION,
                                "The import options given with the file cannot be read: write them as NAME=VALUE.")
                        : new Refusal(BAD_OPTION, "There is no import option \"" + name + "\".");
            }
        }
        ImportMode mode = ImportMode.UPSERT;
        switch (value(given, Sidecar.MODE, "upsert")) {
            case "upsert" -> mode = ImportMode.UPSERT;
            case "update-by-id" -> mode = ImportMode.UPDATE_BY_ID;
            case "create-only" -> mode = ImportMode.CREATE_ONLY;
            default -> fault = bad(Sidecar.MODE, "upsert, update-by-id or create-only");
        }
        OnError onError = OnError.REJECT_ROWS;
        switch (value(given, Sidecar.ON_ERROR, "reject-rows")) {
            case "reject-rows" -> onError = OnError.REJECT_ROWS;
            case "reject-file" -> onError = OnError.REJECT_FILE;
            default -> fault = bad(Sidecar.ON_ERROR, "reject-rows or reject-file");
        }
        String dryRun = value(given, Sidecar.DRY_RUN, "false");
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            fault = bad(Sidecar.DRY_RUN, "true or false");
        }
        String ticket = text(given, Sidecar.TICKET);
        if (ticket != null && !ticket.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            fault = bad(Sidecar.TICKET, "letters, digits, dots and hyphens");
            ticket = null;
        }
        String fileName = text(given, Sidecar.FILE_NAME);
        if (fileName != null && !isFileName(fileName)) {
            fault = bad(Sidecar.FILE_NAME, "a name without a folder in it");
            fileName = null;
        }
        String source = text(given, Sidecar.SOURCE);
        if (source != null && source.length() > 100) {
            fault = bad(Sidecar.SOURCE, "at most 100 characters");
        } else if (source != null && SourceSystems.isReserved(source)) {
            fault = bad(Sidecar.SOURCE, "another name: Repertoire keeps this one for itself");
            source = null;
        }
        return new ImportOptions(
                ticket,
                fileName,
                text(given, Sidecar.LAYOUT),
                text(given, Sidecar.SHEET),
                mode,
                onError,
                text(given, Sidecar.GROUP),
                source,
                value(given, Sidecar.FORCE, "false").equals("true"),
                dryRun.equals("true"),
                fault);
    }

    /** No way out of the folder it is put in, on any system. */
    private static boolean isFileName(String name) {
        return name.indexOf('/') < 0 && name.indexOf('\\') < 0 && !name.equals("..") && !name.equals(".");
    }

    private static Refusal bad(String option, String allowed) {
        return new Refusal(BAD_OPTION, "The import option \"" + option + "\" must be " + allowed + ".");
    }

    private static String value(Properties given, String name, String byDefault) {
        String value = text(given, name);
        return value == null ? byDefault : value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(Properties given, String name) {
        String value = given.getProperty(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
