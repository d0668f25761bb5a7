package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that tell more of a record that is held, and not who it is. */
class KnownByIdTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            CustomerNormaliser.standard(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));

    private static People luc() {
        return People.named("Luc", "Roy").email("luc@x.ca").from("square").withId("N1");
    }

    private static CustomerSubmission card(String customer) {
        CustomerSubmission submission =
                People.nameless().from("square").withId(customer).at(1).submission();
        submission
                .getCustomer()
                .setCards(List.of(new CardOnFile("tok_1", "VISA", "1111", "11/28", "form 12", null, null)));
        return submission;
    }

    @Test
    void b31_a_card_on_file_goes_to_the_customer_whose_record_the_event_names() {
        directory.apply(luc().said());
        directory.apply(new Input.Submission(card("N1")));
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        assertThat(images).hasSize(1);
        assertThat(images.get(0).getDisplayName()).isEqualTo("Luc Roy");
        assertThat(images.get(0).getCardsOnFile())
                .extracting(CardOnFile::getToken)
                .containsExactly("tok_1");
        assertThat(directory.sent(Topics.REJECTED)).isEmpty();
    }

    private void card(String token, int at, boolean removed) {
        CustomerSubmission submission =
                People.nameless().from("square").withId("N1").at(at).submission();
        var when = submission.getObservedAt();
        submission
                .getCustomer()
                .setCards(List.of(new CardOnFile(token, null, null, null, null, null, removed ? when : null)));
        directory.apply(new Input.Submission(submission));
    }

    private List<String> onFile() {
        return directory.images().values().iterator().next().getCardsOnFile().stream()
                .map(CardOnFile::getToken)
                .toList();
    }

    @Test
    void b31_cards_are_told_of_one_by_one_and_one_that_was_taken_off_is_not_brought_back_by_an_earlier_word() {
        directory.apply(luc().said());
        card("tok_1", 1, false);
        card("tok_2", 2, false);
        assertThat(onFile()).containsExactly("tok_1", "tok_2");
        card("tok_1", 4, true);
        assertThat(onFile()).containsExactly("tok_2");
        card("tok_1", 3, false);
        card("tok_3", 3, false);
        assertThat(onFile()).containsExactly("tok_2", "tok_3");
        card("tok_1", 5, false);
        assertThat(onFile()).containsExactly("tok_1", "tok_2", "tok_3");
        assertThat(directory.images().values().iterator().next().getCardsOnFile())
                .allSatisfy(shown -> assertThat(shown.getAsOf()).isNull());
    }

    @Test
    void p31_a_card_that_is_told_of_once_more_is_not_taken_off_by_a_word_from_before_that() {
        directory.apply(luc().said());
        card("tok_1", 1, false);
        card("tok_2", 2, false);
        card("tok_2", 5, false);
        card("tok_2", 3, true);
        assertThat(onFile()).containsExactly("tok_1", "tok_2");
        card("tok_2", 6, true);
        assertThat(onFile()).containsExactly("tok_1");
    }

    @Test
    void p31_a_card_that_is_said_to_go_off_in_years_goes_off_now_and_a_later_word_brings_it_back() {
        directory.apply(luc().said());
        card("tok_1", 1, false);
        CustomerSubmission off =
                People.nameless().from("square").withId("N1").at(2).submission();
        var later = new CardOnFile("tok_1", null, null, null, null, null, People.RECEIVED.plus(Duration.ofDays(3_650)));
        off.getCustomer().setCards(List.of(later));
        directory.apply(new Input.Submission(off));
        assertThat(onFile()).isEmpty();

        Instant next = People.RECEIVED.plusSeconds(60);
        CustomerSubmission on =
                People.nameless().from("square").withId("N1").at(next).submission();
        on.setReceivedAt(next);
        on.getCustomer().setCards(List.of(new CardOnFile("tok_1", null, null, null, null, null, null)));
        directory.apply(new Input.Submission(on));
        assertThat(onFile()).containsExactly("tok_1");
    }

    @Test
    void nobody_is_made_of_a_card_alone() {
        directory.apply(new Input.Submission(card("N2")));
        assertThat(directory.lastSent(Topics.REJECTED).get(0).getErrors())
                .extracting(Problem::getCode)
                .contains("NO_IDENTITY");
        assertThat(directory.images()).isEmpty();
    }
}
