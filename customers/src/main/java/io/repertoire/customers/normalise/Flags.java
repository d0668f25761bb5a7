package io.repertoire.customers.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Yes and no, in English and French. */
final class Flags {

    private Flags() {}

    static @Nullable Boolean parse(String clean) {
        return switch (clean.toLowerCase(Locale.ROOT)) {
            case "y", "yes", "o", "oui", "true", "vrai", "t", "1", "on", "x" -> Boolean.TRUE;
            case "n", "no", "non", "false", "faux", "f", "0", "off" -> Boolean.FALSE;
            default -> null;
        };
    }
}
