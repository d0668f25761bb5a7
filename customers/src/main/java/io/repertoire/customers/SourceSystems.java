package io.repertoire.customers;

import io.repertoire.customers.identity.Identifiers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of source systems that Repertoire keeps for itself: what speaks under one of them is believed more than any other source,
 * so nobody else may. Letters' case and white space around them make no other name.
 */
public final class SourceSystems {

    /** Our own export: it alone speaks of our ids and codes, and it comes as a file. */
    public static final String OWN_EXPORT = Identifiers.OWN_SYSTEM;

    /** What people typed in the back office: its fields win over every other source (P26). */
    public static final String BACK_OFFICE = "back-office";

    /** Besides those two, what stands before the slash in the causes that change events name. */
    private static final Set<String> RESERVED = Set.of(OWN_EXPORT, BACK_OFFICE, "command", "job", "clock");

    /** What a name has to be, to be said after "must be". */
    public static final String NAME =
            "1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit";

    private static final int MAX_NAME = 64;

    private SourceSystems() {}

    /** Whether a till, a file or an interface may call itself so: in no name there is room for somebody's address. */
    public static boolean isName(String system) {
        boolean good = !system.isEmpty() && system.length() <= MAX_NAME && Character.isLetterOrDigit(system.charAt(0));
        for (int i = 0; good && i < system.length(); i++) {
            char c = system.charAt(i);
            good = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
        }
        return good;
    }

    /** Whether a source may not call itself so. */
    public static boolean isReserved(String system) {
        return RESERVED.contains(system.strip().toLowerCase(Locale.ROOT));
    }

    /** Rows of a file in our export's own layout are the one exception. */
    static boolean mayNotSay(String system, @Nullable String importId) {
        return isReserved(system) && !(system.equals(OWN_EXPORT) && importId != null);
    }
}
