package io.repertoire.ingest.inbox;

import java.nio.file.Path;
import java.util.Set;

/**
 * The properties file that may lie beside a dropped one and says how it is to be imported; {@code import.properties} of a folder
 * has the same keys.
 */
public final class Sidecar {

    /** After the whole name of the dropped file. */
    public static final String SUFFIX = ".import.properties";

    /** Name of the receipt wanted, and of the dropped file without its ending: it is whole then, for it was renamed into place. */
    public static final String TICKET = "ticket";

    /** Of the file as the user knows it. */
    public static final String FILE_NAME = "file.name";

    /** What {@link Waiting} shows that somebody waits for the receipt as: a dry run nobody waits for is not gone on with. */
    public static final String WAITER = "waiter";

    public static final String LAYOUT = "layout";
    /** Of a workbook; its first if there is none of this name given. */
    public static final String SHEET = "sheet";

    public static final String MODE = "mode";
    public static final String ON_ERROR = "on-error";
    public static final String GROUP = "group";
    public static final String SOURCE = "source";
    public static final String FORCE = "force";
    public static final String DRY_RUN = "dry-run";

    /** Stands for all of it where it is no properties file. */
    static final String BROKEN = "(unreadable)";

    /** Every key there is. */
    public static final Set<String> KEYS =
            Set.of(TICKET, WAITER, FILE_NAME, LAYOUT, SHEET, MODE, ON_ERROR, GROUP, SOURCE, FORCE, DRY_RUN);

    private Sidecar() {}

    /** Where the one of a dropped file is. */
    public static Path of(Path dropped) {
        return dropped.resolveSibling(dropped.getFileName() + SUFFIX);
    }
}
