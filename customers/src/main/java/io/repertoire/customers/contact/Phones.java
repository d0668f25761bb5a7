package io.repertoire.customers.contact;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CleanText;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.state.HeldPhone;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers for writing and for looking up alike (RULES P1, P6, P17 to P19). Any country's numbers are taken; a number
 * without a country code is read as the given region's. Thread-safe; holds about two megabytes, so make one and share it.
 */
public final class Phones {

    /** Version of libphonenumber, and so of the numbering plans: what is a number, and of which kind, changes with it (P20). */
    public static final String METADATA = "9.0.43";

    private static final int LONGEST_RAW = 100;
    private static final int LONGEST_EXTENSION = 11;
    private static final int CACHED = 4096;

    private final BlockList blockList;
    private final PhoneLibrary library = new PhoneLibrary();
    private final PrefixPlan northAmerica = new PrefixPlan("1", 10, 6, Set.of(), "CA", "US");
    private final PrefixPlan france = new PrefixPlan("33", 9, 3, Set.of("836"), "FR");
    /** What was asked last, by hash: numbers repeat, and the library is the dearest step of a row. */
    private final AtomicReferenceArray<@Nullable Cached> cache = new AtomicReferenceArray<>(CACHED);

    public Phones(BlockList blockList) {
        this.blockList = blockList;
    }

    /**
     * @param phone never without its raw text; E.164 null if it is not a number that exists
     * @param problem what to tell, if anything
     */
    public record Reading(HeldPhone phone, @Nullable ProblemCode problem) {

        /** Whether it says who somebody is: neither invalid nor a filler. */
        public boolean usable() {
            return phone.getQuality() == ContactQuality.OK;
        }
    }

    private record Cached(String text, String region, Reading reading) {}

    /**
     * @param cell one number
     * @param region country, alpha-2, of a number without a country code; an unknown one is read as if there were none
     * @return null if the cell says nothing or is {@link CleanText#CLEAR}. Digits lost to scientific notation give a reading with
     *     {@link ProblemCode#EXCEL_SCIENTIFIC}, whose phone is not worth keeping
     */
    public @Nullable Reading read(@Nullable String cell, String region) {
        String clean = CleanText.line(cell);
        if (clean == null || clean.equals(CleanText.CLEAR)) {
            return null;
        }
        Reading fast = readPlainNational(clean, region);
        if (fast != null) {
            return fast;
        }
        int slot = (clean.hashCode() * 31 + region.hashCode()) & (CACHED - 1);
        Cached cached = cache.get(slot);
        if (cached != null && cached.text().equals(clean) && cached.region().equals(region)) {
            return copy(cached.reading());
        }
        Reading reading = readSlowly(clean, region);
        cache.set(slot, new Cached(clean, region, reading));
        return copy(reading);
    }

    /** Whether this country, alpha-2, has a numbering plan. */
    public boolean knows(String region) {
        return library.knows(region);
    }

    /** Its digits without the country code. */
    public String national(String e164) {
        ParsedPhone parsed = library.parse(e164, "ZZ");
        return parsed == null ? e164.substring(1) : parsed.national();
    }

    /** The form in which a number is looked up; null if it does not exist. */
    public @Nullable String key(@Nullable String text, String region) {
        Reading reading = read(text, region);
        return reading == null ? null : reading.phone().getE164();
    }

    /**
     * Whether it may tell a person on its own: not behind a switchboard (an extension), nor a line that many call (RULES P6).
     */
    public static boolean isKey(HeldPhone phone) {
        return phone.getE164() != null
                && phone.getQuality() == ContactQuality.OK
                && (phone.getExt() == null || phone.getExt().isEmpty())
                && switch (phone.getKind()) {
                    case MOBILE, FIXED, FIXED_OR_MOBILE, UNKNOWN -> true;
                    case TOLL_FREE, PREMIUM, OTHER -> false;
                };
    }

    /** At most 11 digits; null if it is not an extension. */
    public static @Nullable String extension(String clean) {
        String digits = digits(clean);
        return digits.isEmpty() || digits.length() > LONGEST_EXTENSION ? null : digits;
    }

    /** Digits and common punctuation only, of a plan whose beginnings are remembered. Null: read it the long way. */
    private @Nullable Reading readPlainNational(String clean, String region) {
        int n = clean.length();
        if (n < 9 || n > 24 || isExcelDecimal(clean)) {
            return null;
        }
        boolean plus = clean.charAt(0) == '+';
        StringBuilder digits = new StringBuilder(12);
        for (int i = plus ? 1 : 0; i < n; i++) {
            char c = clean.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
                return null;
            }
        }
        PrefixPlan plan = null;
        int skipped = 0;
        int count = digits.length();
        char first = count == 0 ? ' ' : digits.charAt(0);
        boolean american = region.equals("CA") || region.equals("US");
        if (count == 10 && !plus && american && first >= '2') {
            plan = northAmerica;
        } else if (count == 11 && (plus || american) && first == '1') {
            plan = northAmerica;
            skipped = 1;
        } else if (count == 10 && !plus && region.equals("FR") && first == '0' && digits.charAt(1) != '0') {
            plan = france;
            skipped = 1;
        } else if (count == 11 && plus && first == '3' && digits.charAt(1) == '3' && digits.charAt(2) != '0') {
            plan = france;
            skipped = 2;
        }
        if (plan == null) {
            return null;
        }
        String national = digits.substring(skipped);
        ParsedPhone parsed = plan.find(national);
        if (parsed == null) {
            parsed = library.parse(clean, region);
            if (parsed != null && !(parsed.national().equals(national) && parsed.ext() == null)) {
                return null;
            }
            plan.learn(national, parsed);
        }
        return parsed == null ? null : valid(clean, parsed, null);
    }

    private Reading readSlowly(String clean, String region) {
        if (isScientific(clean)) {
            return new Reading(held(clean, null, ContactQuality.INVALID), ProblemCode.EXCEL_SCIENTIFIC);
        }
        String text = PhoneText.unwrap(clean);
        ProblemCode repaired = null;
        if (isExcelDecimal(text)) {
            text = text.substring(0, Math.max(text.lastIndexOf('.'), text.lastIndexOf(',')));
            repaired = ProblemCode.PHONE_REPAIRED;
        }
        String digits = digits(text);
        // Zero to nine and one digit over and over are fillers whether or not some country has given them out.
        if (isFiller(digits) || (digits.length() == 11 && digits.startsWith("1") && isFiller(digits.substring(1)))) {
            return new Reading(held(clean, null, ContactQuality.PLACEHOLDER), ProblemCode.PHONE_PLACEHOLDER);
        }
        String known = library.knows(region) ? region : "ZZ";
        ParsedPhone parsed = library.parse(text, known);
        boolean international = text.startsWith("+");
        if (parsed != null) {
            boolean lostZero = known.equals("FR") && !international && digits.length() == 9;
            return valid(clean, parsed, lostZero ? ProblemCode.PHONE_REPAIRED : repaired);
        }
        parsed = repair(text, digits, known);
        return parsed == null
                ? new Reading(held(clean, null, ContactQuality.INVALID), ProblemCode.PHONE_INVALID)
                : valid(clean, parsed, ProblemCode.PHONE_REPAIRED);
    }

    /** A lost {@code +}, {@code 00} for it, or words after the number (RULES P18): only if the result exists. */
    private @Nullable ParsedPhone repair(String text, String digits, String region) {
        ParsedPhone parsed = null;
        if (digits.startsWith("00")) {
            parsed = library.parse("+" + digits.substring(2), region);
        }
        boolean american = region.equals("CA") || region.equals("US");
        // Ten digits in North America are a misspelt number of there, not one of Denmark.
        if (parsed == null
                && !text.startsWith("+")
                && digits.length() >= (american ? 11 : 10)
                && digits.length() <= 15) {
            parsed = library.parse("+" + digits, region);
        }
        if (parsed == null) {
            String leading = PhoneText.beforeWords(text);
            parsed = leading == null ? null : library.parse(leading, region);
        }
        return parsed;
    }

    private Reading valid(String clean, ParsedPhone parsed, @Nullable ProblemCode problem) {
        String national = parsed.national();
        boolean filler = isFiller(national)
                || blockList.isPlaceholderPhone(parsed.e164().substring(1))
                || (parsed.e164().startsWith("+1") && isFiction(national));
        HeldPhone phone = held(clean, parsed, filler ? ContactQuality.PLACEHOLDER : ContactQuality.OK);
        return new Reading(phone, filler ? ProblemCode.PHONE_PLACEHOLDER : problem);
    }

    private boolean isFiller(String digits) {
        return isOneDigitRepeated(digits) || blockList.isPlaceholderPhone(digits);
    }

    private static boolean isOneDigitRepeated(String digits) {
        for (int i = 1; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(0)) {
                return false;
            }
        }
        return digits.length() >= 5;
    }

    /** NANP 555-0100 to 555-0199, set aside for fiction. */
    private static boolean isFiction(String national) {
        return national.length() == 10 && national.startsWith("55501", 3);
    }

    private static HeldPhone held(String raw, @Nullable ParsedPhone parsed, ContactQuality quality) {
        String shown = CleanText.cut(raw, LONGEST_RAW);
        return parsed == null
                ? new HeldPhone(shown, null, null, null, PhoneKind.UNKNOWN, null, quality)
                : new HeldPhone(shown, parsed.e164(), parsed.ext(), parsed.region(), parsed.kind(), null, quality);
    }

    /** Avro records can be changed: what is remembered is never handed out. */
    private static Reading copy(Reading reading) {
        HeldPhone p = reading.phone();
        return new Reading(
                new HeldPhone(
                        p.getRaw(), p.getE164(), p.getExt(), p.getRegion(), p.getKind(), p.getLabel(), p.getQuality()),
                reading.problem());
    }

    /** {@code 5.14555E+09}. */
    public static boolean isScientific(String clean) {
        String s = clean.toUpperCase(Locale.ROOT);
        int e = s.indexOf('E');
        if (e < 1 || e == s.length() - 1 || s.charAt(0) < '0' || s.charAt(0) > '9') {
            return false;
        }
        for (int i = 1; i < e; i++) {
            char c = s.charAt(i);
            if (!((c >= '0' && c <= '9') || (i == 1 && (c == '.' || c == ',')))) {
                return false;
            }
        }
        int from = s.charAt(e + 1) == '+' ? e + 2 : e + 1;
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return from < s.length() && s.length() - from <= 3;
    }

    /** {@code 5145551234.0}: digits, then a decimal zero. */
    private static boolean isExcelDecimal(String s) {
        int n = s.length();
        if (n < 8 || s.charAt(n - 1) != '0') {
            return false;
        }
        int point = s.charAt(n - 2) == '0' ? n - 3 : n - 2;
        if (s.charAt(point) != '.' && s.charAt(point) != ',') {
            return false;
        }
        for (int i = s.charAt(0) == '+' ? 1 : 0; i < point; i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String digits(String s) {
        StringBuilder digits = new StringBuilder(s.length());
        for (int i = 0; i < s.length(); i++) {
            int d = Character.digit(s.charAt(i), 10);
            if (d >= 0) {
                digits.append((char) ('0' + d));
            }
        }
        return digits.toString();
    }
}
