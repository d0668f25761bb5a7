package io.repertoire.bench;

import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Rows of a customer file, the same for the same number: one in four repeats an earlier person with something changed.
 */
final class CustomerRows {

    private static final String[] GIVEN = {
        "Amélie", "Jean", "Noël", "Sophie", "Émile", "Zoé", "Marc", "Chloé", "Liam", "Olivia", "Noah", "Emma", "Léa",
        "Hugo"
    };
    private static final String[] FAMILY = {
        "Tremblay",
        "Gagnon",
        "Roy",
        "Côté",
        "Bouchard",
        "Gauthier",
        "Morin",
        "Lavoie",
        "O'Neil",
        "Smith",
        "Brown",
        "Nguyen"
    };
    private static final String[] CITIES = {"Montréal", "Québec", "Laval", "Toronto", "Ottawa", "Sherbrooke"};
    private static final int REPEATS = 4;
    private static final String IMPORT = "20260101-000000-bbbbbb";
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final String directory;
    private final String sha256;

    CustomerRows(String directory, String sha256) {
        this.directory = directory;
        this.sha256 = sha256;
    }

    /** What precedes the rows. */
    CustomerSubmission start() {
        return CustomerSubmission.newBuilder()
                .setKind(SubmissionKind.IMPORT_START)
                .setDirectoryId(directory)
                .setRecordId(sha256 + "/start")
                .setSourceSystem("plain")
                .setChannel(Channel.CSV)
                .setObservedAt(AT)
                .setReceivedAt(AT)
                .setImportId(IMPORT)
                .setImportSpec(ImportSpec.newBuilder()
                        .setSha256(sha256)
                        .setSizeBytes(0)
                        .setSourceSystem("plain")
                        .setLayout("plain")
                        .setEncoding("UTF-8")
                        .setDelimiter(",")
                        .setClaimedAt(AT)
                        .setFileModifiedAt(AT)
                        .build())
                .build();
    }

    /** Row number {@code n}, from 0. */
    CustomerSubmission row(int n) {
        boolean again = n % REPEATS == REPEATS - 1;
        int person = again ? new Random(n).nextInt(Math.max(1, n)) : n;
        var random = new Random(person);
        var given = GIVEN[random.nextInt(GIVEN.length)];
        var family = FAMILY[random.nextInt(FAMILY.length)];
        var email = Character.toString((char) ('a' + person % 26)) + '.'
                + Normalizer.normalize(family, Normalizer.Form.NFD).replaceAll("[^A-Za-z]", "") + person
                + "@mail.example";
        var phone = SubmittedPhone.newBuilder()
                .setValue(String.format(Locale.ROOT, "514 %03d-%04d", 200 + person % 700, person / 700 % 10_000))
                .build();
        var address = SubmittedAddress.newBuilder()
                .setLine1((1 + random.nextInt(9_999)) + (again ? ", avenue du Parc" : ", rue Principale"))
                .setCity(CITIES[random.nextInt(CITIES.length)])
                .setRegion("QC")
                .setPostalCode("H2X 1Y" + person % 10)
                .setCountry("CA")
                .build();
        var customer = SubmittedCustomer.newBuilder()
                .setGivenName(given)
                .setFamilyName(family)
                .setEmails(List.of(new SubmittedEmail(email.toLowerCase(Locale.ROOT), null)))
                .setPhones(List.of(phone))
                .setAddresses(List.of(address))
                .build();
        return CustomerSubmission.newBuilder()
                .setKind(SubmissionKind.RECORD)
                .setDirectoryId(directory)
                .setRecordId(sha256 + "/" + (n + 2))
                .setSourceSystem("plain")
                .setChannel(Channel.CSV)
                .setObservedAt(AT)
                .setReceivedAt(AT)
                .setImportId(IMPORT)
                .setLine((long) n + 2)
                .setCustomer(customer)
                .build();
    }

    /** The same row with an email that every such row gives. */
    CustomerSubmission rowOfSharedEmail(int n) {
        CustomerSubmission row = row(n);
        row.getCustomer().setEmails(List.of(new SubmittedEmail("everybody@mail.example", null)));
        return row;
    }
}
