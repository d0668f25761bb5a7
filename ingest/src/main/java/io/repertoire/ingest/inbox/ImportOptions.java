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
 * @param waiter who reads the receipt, while he is there; null if nobody says
 * @param fileName as the user knows it; null: as it was dropped
 * @param sheet of a workbook; null: the first
 * @param fault an option that cannot be understood; the file is refused for it
 */
record ImportOptions(
        @Nullable String ticket,
        @Nullable String waiter,
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
        return new Given(given).options();
    }

    /** Options as they are written, while they are looked through; of several faults the last one is told. */
    private static final class Given {

        private final Properties given;
        private @Nullable Refusal fault;

        Given(Properties given) {
            this.given = given;
        }

        ImportOptions options() {
            names();
            ImportMode mode = mode();
            OnError onError = onError();
            boolean dryRun = yesOrNo(Sidecar.DRY_RUN);
            boolean force = yesOrNo(Sidecar.FORCE);
            String ticket = plainName(Sidecar.TICKET);
            String waiter = plainName(Sidecar.WAITER);
            String fileName = fileName();
            String source = source();
            return new ImportOptions(
                    ticket,
                    waiter,
                    fileName,
                    text(Sidecar.LAYOUT),
                    text(Sidecar.SHEET),
                    mode,
                    onError,
                    text(Sidecar.GROUP),
                    source,
                    force,
                    dryRun,
                    fault);
        }

        private void names() {
            for (String name : given.stringPropertyNames()) {
                if (name.equals(Sidecar.BROKEN)) {
                    fault = new Refusal(
                            BAD_OPTION,
                            "The import options given with the file cannot be read: write them as NAME=VALUE.");
                } else if (!Sidecar.KEYS.contains(name)) {
                    fault = new Refusal(BAD_OPTION, "There is no import option \"" + name + "\".");
                }
            }
        }

        private ImportMode mode() {
            return switch (value(Sidecar.MODE, "upsert")) {
                case "upsert" -> ImportMode.UPSERT;
                case "update-by-id" -> ImportMode.UPDATE_BY_ID;
                case "create-only" -> ImportMode.CREATE_ONLY;
                default -> {
                    bad(Sidecar.MODE, "upsert, update-by-id or create-only");
                    yield ImportMode.UPSERT;
                }
            };
        }

        private OnError onError() {
            return switch (value(Sidecar.ON_ERROR, "reject-rows")) {
                case "reject-rows" -> OnError.REJECT_ROWS;
                case "reject-file" -> OnError.REJECT_FILE;
                default -> {
                    bad(Sidecar.ON_ERROR, "reject-rows or reject-file");
                    yield OnError.REJECT_ROWS;
                }
            };
        }

        private boolean yesOrNo(String option) {
            String said = value(option, "false");
            if (!said.equals("true") && !said.equals("false")) {
                bad(option, "true or false");
            }
            return said.equals("true");
        }

        /** It becomes part of a file's name. */
        private @Nullable String plainName(String option) {
            String name = text(option);
            if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
                bad(option, "letters, digits, dots and hyphens");
                return null;
            }
            return name;
        }

        private @Nullable String fileName() {
            String fileName = text(Sidecar.FILE_NAME);
            if (fileName != null && !isFileName(fileName)) {
                bad(Sidecar.FILE_NAME, "a name without a folder in it");
                return null;
            }
            return fileName;
        }

        private @Nullable String source() {
            String source = text(Sidecar.SOURCE);
            if (source != null && !SourceSystems.isName(source)) {
                bad(Sidecar.SOURCE, SourceSystems.NAME);
                return null;
            } else if (source != null && SourceSystems.isReserved(source)) {
                bad(Sidecar.SOURCE, "another name: Repertoire keeps this one for itself");
                return null;
            }
            return source;
        }

        /** No way out of the folder it is put in, on any system. */
        private static boolean isFileName(String name) {
            return name.indexOf('/') < 0 && name.indexOf('\\') < 0 && !name.equals("..") && !name.equals(".");
        }

        private void bad(String option, String allowed) {
            fault = new Refusal(BAD_OPTION, "The import option \"" + option + "\" must be " + allowed + ".");
        }

        private String value(String name, String byDefault) {
            String value = text(name);
            return value == null ? byDefault : value.toLowerCase(Locale.ROOT);
        }

        private @Nullable String text(String name) {
            String value = given.getProperty(name);
            return value == null || value.isBlank() ? null : value.strip();
        }
    }
}
