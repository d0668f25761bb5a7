package io.repertoire.customers.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.repertoire.schemas.PhoneKind;
import org.jspecify.annotations.Nullable;

/** What libphonenumber says of a text, in our terms. */
final class PhoneLibrary {

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

    boolean knows(String region) {
        return util.getSupportedRegions().contains(region);
    }

    /** Null unless it is a number that exists. */
    @Nullable
    ParsedPhone parse(String text, String region) {
        PhoneNumber number;
        try {
            number = util.parse(text, region);
        } catch (NumberParseException e) {
            return null;
        }
        String numberRegion = util.getRegionCodeForNumber(number);
        if (numberRegion == null || !util.isValidNumberForRegion(number, numberRegion)) {
            return null;
        }
        String extension = number.getExtension();
        return new ParsedPhone(
                util.format(number, PhoneNumberFormat.E164),
                extension.isEmpty() ? null : extension,
                // Numbers of no country (satellite, international freephone) are of the region "001".
                numberRegion.length() == 2 ? numberRegion : null,
                kind(util.getNumberType(number)),
                util.getNationalSignificantNumber(number));
    }

    private static PhoneKind kind(PhoneNumberType type) {
        return switch (type) {
            case MOBILE -> PhoneKind.MOBILE;
            case FIXED_LINE -> PhoneKind.FIXED;
            case FIXED_LINE_OR_MOBILE -> PhoneKind.FIXED_OR_MOBILE;
            case TOLL_FREE -> PhoneKind.TOLL_FREE;
            case PREMIUM_RATE -> PhoneKind.PREMIUM;
            // A person's line, of which the plan does not say more.
            case VOIP, PERSONAL_NUMBER, UNKNOWN -> PhoneKind.UNKNOWN;
            case SHARED_COST, UAN, PAGER, VOICEMAIL -> PhoneKind.OTHER;
        };
    }
}
