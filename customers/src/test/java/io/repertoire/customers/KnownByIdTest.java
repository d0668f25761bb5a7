package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events that tell more of a record that is held, and not who it is. */
class KnownByIdTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            CustomerNormaliser.standard(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));

    private static CustomerSubmission card(String customer) {
        CustomerSubmission submission =
                People.nameless().from("square").withId(customer).at(1).submission();
        submission.getCustomer().setCards(List.of(new CardOnFile("tok_1", "VISA", "1111", "11/28", "form 12")));
        return submission;
    }

    @Test
    void b31_a_card_on_file_goes_to_the_customer_whose_record_the_event_names() {
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .from("square")
                .withId("N1")
                .said());
        directory.apply(new Input.Submission(card("N1")));
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        assertThat(images).hasSize(1);
        assertThat(images.get(0).getDisplayName()).isEqualTo("Luc Roy");
        assertThat(images.get(0).getCardsOnFile())
                .extracting(CardOnFile::getToken)
                .containsExactly("tok_1");
        assertThat(directory.sent(Topics.REJECTED)).isEmpty();
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
