package io.repertoire.customers.golden;

import io.repertoire.schemas.Address;
import io.repertoire.schemas.SubmittedAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A postal address on one line: what consent to write to it belongs to. */
public final class PostalText {

    private static final int LONGEST = 500;

    private PostalText() {}

    /** @return null if the address has nothing to write on an envelope */
    public static @Nullable String of(SubmittedAddress a) {
        return join(a.getLine1(), a.getLine2(), a.getLine3(), a.getCity(), a.getRegion(), a.getPostalCode());
    }

    public static @Nullable String of(Address a) {
        return join(a.getLine1(), a.getLine2(), a.getLine3(), a.getCity(), a.getRegion(), a.getPostalCode());
    }

    /** Spellings that differ by case and blanks only are one address. */
    static String key(String text) {
        return text.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable String join(@Nullable String... parts) {
        var line = new StringBuilder(64);
        for (String part : parts) {
            if (part != null && line.length() + part.length() < LONGEST) {
                line.append(line.length() == 0 ? "" : ", ").append(part);
            }
        }
        return line.length() == 0 ? null : line.toString();
    }
}
