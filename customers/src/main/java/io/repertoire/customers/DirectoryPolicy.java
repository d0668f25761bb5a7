package io.repertoire.customers;

import java.util.Set;

/**
 * What a directory's owner chose; {@code directory.NAME.*} in the configuration.
 *
 * @param defaultRegion country, alpha-2, to read a national phone number with when neither row nor submission names one
 * @param ownEmails the merchant's own addresses and whole domains ({@code @shop.example}), normalised: never keys (P3)
 * @param ownPhones the merchant's own numbers, E.164: never keys (P3)
 * @param maxEmails emails a customer may hold before a further one goes to review (P9)
 * @param maxPhones phones a customer may hold before a further one goes to review (P9)
 * @param emailDegree people with conflicting names that may share an email before it stops matching (P4)
 * @param phoneDegree the same for a phone (P4)
 * @param purchaseImpliesConsent who bought something may be written to for two years, as CASL has it (P39)
 */
public record DirectoryPolicy(
        String defaultRegion,
        Set<String> ownEmails,
        Set<String> ownPhones,
        int maxEmails,
        int maxPhones,
        int emailDegree,
        int phoneDegree,
        boolean purchaseImpliesConsent) {

    public DirectoryPolicy {
        ownEmails = Set.copyOf(ownEmails);
        ownPhones = Set.copyOf(ownPhones);
    }

    /** The shipped values of RULES. */
    public static DirectoryPolicy defaults() {
        return new DirectoryPolicy("CA", Set.of(), Set.of(), 5, 5, 3, 4, true);
    }
}
