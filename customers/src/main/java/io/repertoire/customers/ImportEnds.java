package io.repertoire.customers;

import org.jspecify.annotations.Nullable;

/** Codes of an import's end that mean something to programs. */
public final class ImportEnds {

    /** Not read to the end of the file: what was read by then is all there is of the import. */
    public static final String CANCELLED = "CANCELLED";

    private ImportEnds() {}

    /** @param code with which an import ended, null if with none */
    public static boolean isCancelled(@Nullable String code) {
        return CANCELLED.equals(code);
    }
}
