package io.repertoire.customers.policy;

import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which fields a new record of a directory must have, whatever way it comes (FEATURES C1 to C5). What a file's own system asks of it is
 * its layout's business and counts besides.
 */
public enum RuleSet {
    /** Rule C1: a first name, a last name, an email or a phone. */
    ANY,
    /** First and last name, phone and email. */
    APTIMYZ_BACK_OFFICE,
    /** First and last name, and a phone or an email; of a credit account company and email. */
    APTIMYZ_POS,
    /** First and last name, phone and email, and the company of a credit account. */
    APTIMYZ_CSV,
    /** Last name. */
    CLICTILL;

    /** Names of the fields that are missed, as the contract has them. */
    public List<String> missing(NormalisedCustomer said) {
        if (this == ANY) {
            return List.of();
        }
        List<String> missing = new ArrayList<>(0);
        boolean credit = hasCreditAccount(said);
        if (this == APTIMYZ_POS && (credit || said.getType() == CustomerType.BUSINESS)) {
            need(said.getCompanyName() != null, "company_name", missing);
            need(hasEmail(said), "emails", missing);
            return missing;
        }
        need(this == CLICTILL || said.getGivenName() != null, "given_name", missing);
        need(said.getFamilyName() != null, "family_name", missing);
        switch (this) {
            case APTIMYZ_POS -> need(hasPhone(said) || hasEmail(said), "phones", missing);
            case APTIMYZ_BACK_OFFICE, APTIMYZ_CSV -> {
                need(hasPhone(said), "phones", missing);
                need(hasEmail(said), "emails", missing);
                need(this == APTIMYZ_BACK_OFFICE || !credit || said.getCompanyName() != null, "company_name", missing);
            }
            case CLICTILL, ANY -> {}
        }
        return missing;
    }

    private static void need(boolean there, String field, List<String> missing) {
        if (!there) {
            missing.add(field);
        }
    }

    /** An address that the system made up of the phone number will do: that is what it makes them for. */
    private static boolean hasEmail(NormalisedCustomer said) {
        for (HeldEmail email : said.getEmails()) {
            if (email.getQuality() != ContactQuality.INVALID && email.getQuality() != ContactQuality.PLACEHOLDER) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPhone(NormalisedCustomer said) {
        for (HeldPhone phone : said.getPhones()) {
            if (phone.getQuality() != ContactQuality.INVALID && phone.getQuality() != ContactQuality.PLACEHOLDER) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasCreditAccount(NormalisedCustomer said) {
        for (SubmittedAccount account : said.getAccounts()) {
            if ("Y".equals(account.getCreditAccount())) {
                return true;
            }
        }
        return false;
    }
}
