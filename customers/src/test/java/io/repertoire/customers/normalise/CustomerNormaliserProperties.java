package io.repertoire.customers.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.CustomerNormaliser.Normalised;
import io.repertoire.customers.keys.ContentHash;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedCommerce;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CustomerNormaliserProperties {

    private static final CustomerNormaliser NORMALISER = CustomerNormaliser.standard();

    @Property
    void normalising_what_is_normalised_changes_nothing(@ForAll("cells") List<String> cells, @ForAll Random random) {
        SubmittedCustomer row = row(cells, random);
        NormalisedCustomer once = read(row).customer();
        Normalised twice = read(again(once));
        assertThat(withoutRaw(twice.customer())).isEqualTo(withoutRaw(once));
        assertThat(ContentHash.of(twice.customer())).isEqualTo(ContentHash.of(once));
    }

    @Property
    void the_same_row_gives_the_same_content_whenever_it_comes(
            @ForAll("cells") List<String> cells, @ForAll Random random) {
        SubmittedCustomer row = row(cells, random);
        Normalised now = read(row);
        Normalised later = NORMALISER.normalise(row, null, 99, DirectoryPolicy.defaults());
        assertThat(ContentHash.of(now.customer()))
                .isEqualTo(ContentHash.of(later.customer()))
                .hasSize(ContentHash.LENGTH);
        assertThat(now.problems()).isEqualTo(later.problems());
    }

    @Property
    void a_row_is_rejected_only_where_it_says_nobody(@ForAll("cells") List<String> cells, @ForAll Random random) {
        Normalised read = read(row(cells, random));
        NormalisedCustomer c = read.customer();
        boolean somebody = c.getGivenName() != null
                || c.getFamilyName() != null
                || c.getDisplayName() != null
                || c.getEmails().stream().anyMatch(e -> io.repertoire.customers.contact.Emails.isUsable(e.getQuality()))
                || c.getPhones().stream()
                        .anyMatch(p -> io.repertoire.customers.contact.Emails.isUsable(p.getQuality()));
        assertThat(read.rejected()).isEqualTo(!somebody);
    }

    @Test
    void no_naughty_string_breaks_any_field() throws IOException {
        Path folder = SharedData.require("strings/blns");
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(f -> f.toString().endsWith(".txt")).toList();
        }
        int read = 0;
        for (Path file : files) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                NormalisedCustomer once = read(everywhere(line)).customer();
                assertThat(withoutRaw(read(again(once)).customer())).isEqualTo(withoutRaw(once));
                read++;
            }
        }
        assertThat(read).isGreaterThan(400);
    }

    private static Normalised read(SubmittedCustomer row) {
        return NORMALISER.normalise(row, null, 1, DirectoryPolicy.defaults());
    }

    private static SubmittedCustomer everywhere(String s) {
        return row(List.of(s), new Random(0));
    }

    private static SubmittedCustomer row(List<String> cells, Random random) {
        Picker p = new Picker(cells, random);
        SubmittedCustomer row = Rows.empty();
        row.setCode(p.pick());
        row.setCustomerId(p.pick());
        row.setType(p.pick());
        row.setTitle(p.pick());
        row.setGivenName(p.pick());
        row.setFamilyName(p.pick());
        row.setDisplayName(p.pick());
        row.setCompanyName(p.pick());
        row.setJobTitle(p.pick());
        row.setPreferredLanguage(p.pick());
        row.setBirthDate(p.pick());
        row.setEmails(List.of(new SubmittedEmail(p.pick(), p.pick()), new SubmittedEmail(p.pick(), null)));
        row.setPhones(List.of(
                new SubmittedPhone(p.pick(), p.pick(), p.pick(), PhoneKind.MOBILE),
                new SubmittedPhone(p.pick(), null, null, PhoneKind.UNKNOWN)));
        row.setAddresses(List.of(new SubmittedAddress(
                p.pick(), AddressType.OTHER, p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick())));
        row.setExternalIds(List.of(new SubmittedExternalId(p.pick(), ExternalIdKind.LOYALTY_CARD, p.pick())));
        row.setConsents(List.of(new SubmittedConsent(
                ConsentChannel.SMS,
                ConsentPurpose.MARKETING,
                ConsentStatus.DENIED,
                p.pick(),
                null,
                ConsentBasis.UNKNOWN,
                p.pick())));
        row.setReceiptByEmail(p.pick());
        row.setGroups(List.of(p.pick(), p.pick()));
        row.setTags(List.of(p.pick()));
        row.setNotes(p.pick());
        row.setAttributes(Map.of(p.pick(), p.pick()));
        row.setVat(p.pick());
        row.setSiret(p.pick());
        row.setNaf(p.pick());
        row.setAccounts(List.of(new SubmittedAccount(p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick())));
        row.setLoyalty(new SubmittedLoyalty(p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick()));
        row.setCommerce(
                new SubmittedCommerce(p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), p.pick()));
        row.setCards(List.of(new CardOnFile(p.pick(), p.pick(), p.pick(), p.pick(), p.pick(), null, null)));
        return row;
    }

    private record Picker(List<String> cells, Random random) {
        String pick() {
            return cells.get(random.nextInt(cells.size()));
        }
    }

    /** What is held, submitted once more; a contact point by its value where it has one. */
    private static SubmittedCustomer again(NormalisedCustomer c) {
        SubmittedCustomer row = Rows.empty();
        row.setCode(c.getCode());
        row.setCustomerId(c.getCustomerId());
        row.setType(c.getType().name());
        row.setTitle(c.getTitle());
        row.setGivenName(c.getGivenName());
        row.setFamilyName(c.getFamilyName());
        row.setDisplayName(c.getDisplayName());
        row.setCompanyName(c.getCompanyName());
        row.setJobTitle(c.getJobTitle());
        row.setPreferredLanguage(c.getPreferredLanguage());
        row.setBirthDate(c.getBirthDate());
        row.setEmails(c.getEmails().stream()
                .map(e -> new SubmittedEmail(e.getValue() == null ? e.getRaw() : e.getValue(), e.getLabel()))
                .toList());
        row.setPhones(c.getPhones().stream()
                .map(p -> new SubmittedPhone(
                        p.getE164() == null ? p.getRaw() : p.getE164(), p.getLabel(), p.getExt(), p.getKind()))
                .toList());
        row.setAddresses(c.getAddresses());
        row.setExternalIds(c.getExternalIds());
        row.setConsents(c.getConsents().stream()
                .map(h -> new SubmittedConsent(
                        h.getChannel(),
                        h.getPurpose(),
                        h.getStatus(),
                        h.getContact(),
                        null,
                        h.getBasis(),
                        h.getEvidence()))
                .toList());
        row.setReceiptByEmail(
                c.getReceiptByEmail() == null ? null : c.getReceiptByEmail().toString());
        row.setReverify(c.getReverify());
        row.setGroups(c.getGroups());
        row.setTags(c.getTags());
        row.setNotes(c.getNotes());
        row.setAttributes(c.getAttributes());
        row.setVat(c.getVat());
        row.setSiret(c.getSiret());
        row.setNaf(c.getNaf());
        row.setAccounts(c.getAccounts());
        row.setLoyalty(c.getLoyalty());
        row.setCommerce(c.getCommerce());
        row.setCards(c.getCards());
        c.getCleared().forEach(field -> clear(row, field));
        return row;
    }

    private static void clear(SubmittedCustomer row, String field) {
        if (row.getSchema().getField(field) != null && row.get(field) == null) {
            row.put(field, "\\N");
        }
    }

    /** Raw texts differ by how they were typed; what is cleared in a part cannot be said again from what is held. */
    private static NormalisedCustomer withoutRaw(NormalisedCustomer c) {
        NormalisedCustomer copy = NormalisedCustomer.newBuilder(c).build();
        copy.getEmails().forEach(e -> e.setRaw(e.getValue() == null ? e.getRaw() : ""));
        copy.getPhones().forEach(p -> p.setRaw(p.getE164() == null ? p.getRaw() : ""));
        return copy;
    }

    @Provide
    Arbitrary<List<String>> cells() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "Marie",
                                "Tremblay",
                                "marie@roy.ca",
                                "a@b.co;c@d.co",
                                "5142223344",
                                "0612345678 poste 3",
                                "5142223344@aptimyz.com",
                                "info@roy.ca",
                                "test@test.com",
                                "\u00a0",
                                "N/A",
                                "-",
                                "5.1E+09",
                                "Canada",
                                "FRA",
                                "h2x1y4",
                                "2001-02-03",
                                "--02-03",
                                "oui",
                                "N",
                                "1 234,50",
                                "12.0",
                                "'00123",
                                "732 829 320 00074",
                                "fr-ca",
                                "He\u0301le\u0300ne",
                                "a\u0000b",
                                "\ud800",
                                "x".repeat(1200),
                                "4111 1111 1111 1111",
                                "\n",
                                "=1+1",
                                "+1 (514) 555-0123",
                                "Business",
                                "4771Z"),
                        Arbitraries.strings().ofMaxLength(15),
                        Arbitraries.strings().withChars("0123456789.,+-() ").ofMaxLength(14))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
