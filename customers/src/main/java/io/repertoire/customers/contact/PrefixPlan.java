package io.repertoire.customers.contact;

import io.repertoire.schemas.PhoneKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the library said about a national number, by its first six digits: in the plans this is used for, those decide
 * whether a number exists, where and as what (every beginning was asked of libphonenumber 9.0.43 at both
 * ends of its range, and none gave two answers; the tests compare at random). A million numbers of a country share a
 * few thousand beginnings. One megabyte, filled as it goes; racing threads at worst ask the library twice for the same.
 */
final class PrefixPlan {

    private static final byte UNKNOWN = 0;
    private static final byte ASK = 1;
    private static final int FIRST_ANSWER = 2;
    private static final List<PhoneKind> KINDS = List.of(PhoneKind.values());

    private final String countryCode;
    private final int length;
    private final String[] regions;
    private final byte[] answers = new byte[1_000_000];

    /**
     * @param countryCode digits
     * @param length of the national numbers it answers for
     * @param regions those whose numbers it remembers
     */
    PrefixPlan(String countryCode, int length, String... regions) {
        this.countryCode = countryCode;
        this.length = length;
        this.regions = regions;
    }

    /** Null: not known, ask the library. */
    @Nullable
    ParsedPhone find(CharSequence national) {
        if (national.length() != length) {
            return null;
        }
        int answer = answers[prefix(national)];
        if (answer == UNKNOWN || answer == ASK) {
            return null;
        }
        int i = answer - FIRST_ANSWER;
        return new ParsedPhone(
                "+" + countryCode + national,
                null,
                regions[i / KINDS.size()],
                KINDS.get(i % KINDS.size()),
                national.toString());
    }

    void learn(CharSequence national, @Nullable ParsedPhone parsed) {
        if (national.length() != length) {
            return;
        }
        byte answer = ASK;
        if (parsed != null) {
            for (int r = 0; r < regions.length; r++) {
                if (regions[r].equals(parsed.region())) {
                    answer = (byte) (FIRST_ANSWER + r * KINDS.size() + KINDS.indexOf(parsed.kind()));
                }
            }
        }
        answers[prefix(national)] = answer;
    }

    private static int prefix(CharSequence national) {
        int prefix = 0;
        for (int i = 0; i < 6; i++) {
            prefix = prefix * 10 + (national.charAt(i) - '0');
        }
        return prefix;
    }
}
