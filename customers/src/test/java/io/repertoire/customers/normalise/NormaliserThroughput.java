package io.repertoire.customers.normalise;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.keys.ContentHash;
import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.keys.SourceKeys;
import io.repertoire.customers.name.FoldedName;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Prints what the pure steps of a row cost on one thread. Run by hand: the time is no test. */
public final class NormaliserThroughput {

    private static final int ROWS = 200_000;
    private static final int ROUNDS = 6;

    private NormaliserThroughput() {}

    public static void main(String[] args) {
        for (String region : List.of("CA", "FR", "GB")) {
            List<SubmittedCustomer> rows = rows(region);
            CustomerNormaliser normaliser = CustomerNormaliser.standard();
            DirectoryPolicy policy = DirectoryPolicy.defaults();
            long check = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (SubmittedCustomer row : rows) {
                    check += normaliser
                            .normalise(row, region, 0, policy)
                            .problems()
                            .size();
                }
                report(region + " normalise", start);
            }
            var held = rows.stream()
                    .map(r -> normaliser.normalise(r, region, 0, policy).customer())
                    .toList();
            PersonNames names = PersonNames.bySpelling();
            var keys = new SourceKeys("main", SourceKeySecret.of("a secret of this run"));
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (var customer : held) {
                    check += keys.ofContent("square", ContentHash.of(customer)).length();
                }
                report(region + " hash and key", start);
                start = System.nanoTime();
                FoldedName last = FoldedName.NONE;
                for (var customer : held) {
                    FoldedName name = FoldedName.of(customer.getGivenName(), customer.getFamilyName());
                    check += names.compare(name, last).name().length();
                    last = name;
                }
                report(region + " fold and compare", start);
            }
            System.out.println("check " + check);
        }
    }

    private static void report(String what, long start) {
        System.out.printf(Locale.ROOT, "%-20s %6.2f us a row%n", what, (System.nanoTime() - start) / 1000.0 / ROWS);
    }

    private static List<SubmittedCustomer> rows(String region) {
        Random random = new Random(1);
        String[] given = {"Hélène", "Marie", "Jean-Pierre", "Paul", "Zoé", "Robert"};
        List<SubmittedCustomer> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            SubmittedCustomer row = Rows.named(given[random.nextInt(given.length)], "Tremblay" + (char) ('a' + i % 26));
            row.setEmails(List.of(new SubmittedEmail("Person" + i + "@mail" + i % 50 + ".ca", null)));
            String digits = String.format(Locale.ROOT, "%07d", random.nextInt(10_000_000));
            String phone =
                    switch (region) {
                        case "CA" ->
                            "(" + (random.nextBoolean() ? "514" : "438") + ") 2" + digits.substring(1, 3) + "-"
                                    + digits.substring(3);
                        case "FR" ->
                            "06 12 " + digits.substring(0, 2) + " " + digits.substring(2, 4) + " "
                                    + digits.substring(4, 6);
                        default -> "07400 " + digits.substring(0, 6);
                    };
            row.setPhones(List.of(new SubmittedPhone(phone, null, null, PhoneKind.UNKNOWN)));
            row.setAddresses(List.of(new SubmittedAddress(
                    null, AddressType.HOME, i + " rue Saint-Denis", null, null, "Montréal", "QC", "h2x1y4", null)));
            rows.add(row);
        }
        return rows;
    }
}
