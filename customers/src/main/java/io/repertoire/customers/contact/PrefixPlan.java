package io.repertoire.customers.contact;

import io.repertoire.schemas.PhoneKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the library said about a national number, by its first digits: in the plans this is used for, those decide
 * whether a number exists, where and as what (every beginning was asked of libphonenumber 9.0.43 at both ends of its range, and
 * those that gave two answers are left out; the tests ask again). A million numbers of a country share a few thousand
 * beginnings, and asking the library takes a hundred times as long. Filled as it goes; racing threads at worst ask twice for the
 * same.
 */
final class PrefixPlan {

    private static final byte UNKNOWN = 0;
    private static final byte ASK = 1;
    private static final int FIRST_ANSWER = 2;
    private static final List<PhoneKind> KINDS = List.of(PhoneKind.values());

    private final String countryCode;
    private final int length;
    private final int digits;
    private final String[] regions;
    private final byte[] answers;

    /**
     * @param countryCode digits
     * @param length of the national numbers it answers for
     * @param digits how many of their first digits decide
     * @param undecided beginnings of that many digits that do not decide
     * @param regions those whose numbers it remembers
     */
    PrefixPlan(String countryCode, int length, int digits, Set<String> undecided, String... regions) {
        this.countryCode = countryCode;
        this.length = length;
        this.digits = digits;
        this.regions = regions;
        int beginnings = 1;
        for (int i = 0; i < digits; i++) {
            beginnings *= 10;
        }
        this.answers = new byte[beginnings];
        for (String beginning : undecided) {
            answers[prefix(beginning)] = ASK;
        }
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
        int prefix = prefix(national);
        if (answers[prefix] != ASK) {
            answers[prefix] = answer;
        }
    }

    private int prefix(CharSequence national) {
        int prefix = 0;
        for (int i = 0; i < digits; i++) {
            prefix = prefix * 10 + (national.charAt(i) - '0');
        }
        return prefix;
    }
}
