package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.Address;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ExternalId;
import io.repertoire.schemas.SubmittedConsent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RULES C-3 and the consent part of C-4, through the whole machine. */
class SurvivorshipTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));

    private Customer golden(People... people) {
        for (People person : people) {
            directory.apply(person.said());
        }
        assertThat(directory.customers()).hasSize(1);
        return directory.images().values().iterator().next();
    }

    private static People jean() {
        return People.named("Jean", "Tremblay").email("j@x.ca");
    }

    private static SubmittedConsent consent(ConsentStatus status, @Nullable String contact, @Nullable Instant decided) {
        return new SubmittedConsent(
                ConsentChannel.EMAIL, ConsentPurpose.MARKETING, status, contact, decided, ConsentBasis.EXPRESS, null);
    }

    @Test
    void the_most_recent_value_that_is_not_blank_wins_each_field() {
        Customer c = golden(
                jean().title("Chef").notes("old").at(1),
                jean().title("Patron").at(2),
                jean().notes("new").at(3));
        assertThat(c.getJobTitle()).isEqualTo("Patron");
        assertThat(c.getNotes()).isEqualTo("new");
    }

    @Test
    void of_two_rows_of_one_file_the_later_wins_whatever_their_keys_are_and_in_whatever_order_they_come() {
        List<People> rows = new ArrayList<>();
        for (int line : List.of(9, 10, 2, 11)) {
            // Without an id of their own: their keys are hashes of all that they say.
            rows.add(jean().title("title " + line)
                    .phone("+1514555123" + line % 10)
                    .row("i1", "file", line));
        }
        for (int i = 0; i < rows.size(); i++) {
            Collections.rotate(rows, 1);
            var again = new InMemoryDirectory(new RuledDirectoryMachine(
                    new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
            rows.forEach(row -> again.apply(row.said()));
            Customer c = again.images().values().iterator().next();
            assertThat(c.getJobTitle()).isEqualTo("title 11");
            assertThat(c.getPhones().get(0).getPrimary()).isTrue();
            assertThat(c.getPhones().get(0).getRaw()).isEqualTo("+15145551231");
        }
    }

    @Test
    void provenance_names_the_source_of_what_differs_from_the_usual_one() {
        Customer c = golden(
                jean().title("Chef").from("till").at(1),
                jean().notes("new").from("web").at(3));
        assertThat(c.getProvenance().get("*").getSystem()).isEqualTo("web");
        assertThat(c.getProvenance().get("job_title").getSystem()).isEqualTo("till");
        assertThat(c.getProvenance().get("job_title").getObservedAt()).isEqualTo(People.DAY.plusSeconds(86_400));
    }

    @Test
    void an_address_survives_as_one_block_and_the_other_stays_beside_it() {
        Customer c = golden(
                jean().address("1 rue A", "Laval", "H1H 1H1").at(1),
                jean().address("2 rue B", "Gatineau", "").at(2));
        assertThat(c.getAddresses()).hasSize(2);
        Address primary = c.getAddresses().get(0);
        assertThat(primary.getPrimary()).isTrue();
        assertThat(primary.getLine1()).isEqualTo("2 rue B");
        assertThat(primary.getPostalCode()).isEmpty();
    }

    @Test
    void of_two_spellings_the_accented_one_is_shown() {
        Customer c = golden(
                People.named("Hélène", "Muñoz").email("j@x.ca").at(1),
                People.named("HELENE", "MUNOZ").email("j@x.ca").from("till2").at(5));
        assertThat(c.getGivenName()).isEqualTo("Hélène");
        assertThat(c.getFamilyName()).isEqualTo("Muñoz");
        assertThat(c.getDisplayName()).isEqualTo("Hélène Muñoz");
    }

    @Test
    void identifiers_and_groups_accumulate() {
        Customer c = golden(
                jean().withId("7").from("square").group("Gold").card("900"),
                jean().withId("9").from("lightspeed").group("Lunch").at(1));
        assertThat(c.getExternalIds()).extracting(ExternalId::getSystem).containsExactly("lightspeed", "square");
        assertThat(c.getGroups()).extracting(g -> g.getName()).containsExactly("Gold", "Lunch");
        assertThat(c.getLoyalty().getCards()).containsExactly("900");
    }

    @Test
    void a_placeholder_is_shown_flagged_and_never_primary() {
        Customer c = golden(jean().at(1), jean().email("noemail@x.ca").at(9));
        assertThat(c.getEmails()).extracting(Email::getValue).containsExactly("j@x.ca", "noemail@x.ca");
        assertThat(c.getEmails().get(0).getPrimary()).isTrue();
        assertThat(c.getQuality().getFlags()).contains("EMAIL_PLACEHOLDER");
    }

    @Test
    void consent_follows_its_address_and_joining_gives_none_to_another() {
        Customer c = golden(
                jean().email("k@x.ca").consent(consent(ConsentStatus.GRANTED, "j@x.ca", People.DAY)),
                jean().phone("5145550001").at(1));
        assertThat(c.getConsents()).extracting(Consent::getContactValue).containsExactly("j@x.ca");
        assertThat(c.getConsents()).extracting(Consent::getStatus).containsExactly(ConsentStatus.GRANTED);
    }

    @Test
    void an_undated_or_earlier_yes_never_beats_a_no() {
        Customer c = golden(
                jean().from("a").consent(consent(ConsentStatus.DENIED, null, People.DAY.plusSeconds(10))),
                jean().from("b")
                        .consent(consent(ConsentStatus.GRANTED, null, null))
                        .at(9),
                jean().from("c")
                        .consent(consent(ConsentStatus.GRANTED, null, People.DAY))
                        .at(9));
        assertThat(c.getConsents()).extracting(Consent::getStatus).containsExactly(ConsentStatus.DENIED);
    }

    @Test
    void a_later_dated_yes_beats_a_no_and_a_tie_is_a_no() {
        Customer later = golden(
                jean().from("a").consent(consent(ConsentStatus.DENIED, null, People.DAY)),
                jean().from("b").consent(consent(ConsentStatus.GRANTED, null, People.DAY.plusSeconds(1))));
        assertThat(later.getConsents()).extracting(Consent::getStatus).containsExactly(ConsentStatus.GRANTED);
        Customer tie = golden(jean().from("c").consent(consent(ConsentStatus.DENIED, null, People.DAY.plusSeconds(1))));
        assertThat(tie.getConsents()).extracting(Consent::getStatus).containsExactly(ConsentStatus.DENIED);
    }

    @Test
    void no_statement_is_no_consent_at_all() {
        assertThat(golden(jean()).getConsents()).isEmpty();
    }
}
