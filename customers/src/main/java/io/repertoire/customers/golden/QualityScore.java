package io.repertoire.customers.golden;

import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a customer is known, out of 100: name 30 (company counts as one), a usable email 30, a usable phone 25, an address
 * 15; and codes for what is doubtful or missing.
 */
final class QualityScore {

    private QualityScore() {}

    static Quality of(Customer image) {
        var flags = new ArrayList<String>(2);
        int score = 0;
        boolean given = image.getGivenName() != null;
        boolean family = image.getFamilyName() != null;
        if ((given && family) || image.getCompanyName() != null) {
            score += 30;
        } else if (given || family || image.getDisplayName() != null) {
            score += 15;
            flags.add("NAME_INCOMPLETE");
        } else {
            flags.add("NAME_MISSING");
        }
        boolean usable = false;
        List<Email> emails = image.getEmails();
        for (int i = 0; i < emails.size(); i++) {
            usable |= flag(flags, "EMAIL_", emails.get(i).getQuality());
        }
        score += usable ? 30 : 0;
        if (emails.isEmpty()) {
            flags.add("EMAIL_MISSING");
        }
        usable = false;
        List<Phone> phones = image.getPhones();
        for (int i = 0; i < phones.size(); i++) {
            usable |= flag(flags, "PHONE_", phones.get(i).getQuality());
        }
        score += usable ? 25 : 0;
        if (phones.isEmpty()) {
            flags.add("PHONE_MISSING");
        }
        score += image.getAddresses().isEmpty() ? 0 : 15;
        return new Quality(score, flags);
    }

    private static boolean flag(List<String> flags, String kind, ContactQuality quality) {
        if (quality == ContactQuality.OK) {
            return true;
        }
        String flag = kind + quality.name();
        if (!flags.contains(flag)) {
            flags.add(flag);
        }
        return quality == ContactQuality.ROLE;
    }
}
