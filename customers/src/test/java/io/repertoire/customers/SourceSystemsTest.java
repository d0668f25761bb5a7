package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No source may call itself by a name that is believed more than others. */
class SourceSystemsTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));

    private List<String> problems() {
        return directory.lastSent(Topics.REJECTED).stream()
                .map(RejectedRecord::getErrors)
                .flatMap(List::stream)
                .map(Problem::getCode)
                .toList();
    }

    @Test
    void what_people_typed_is_not_overwritten_by_a_producer_that_calls_itself_the_back_office() {
        directory.apply(People.named("Jean", "Tremblay").email("j@x.ca").said());
        String jean = directory.customers().get(0).getCustomerId();
        new Commands(directory)
                .values(CommandType.EDIT, jean, People.named("Jean", "Tremblay").notes("typed by hand"));
        directory.apply(People.named("Jean", "Tremblay")
                .notes("forged")
                .from("back-office")
                .withId(jean)
                .at(People.RECEIVED)
                .said());
        assertThat(problems()).containsExactly("SOURCE_RESERVED");
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
        assertThat(directory.images().get(jean).getNotes()).isEqualTo("typed by hand");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "back-office",
                " Back-Office ",
                "BACK-OFFICE",
                "repertoire",
                "Repertoire",
                "command",
                "job",
                "clock"
            })
    void a_submission_and_a_sale_under_one_of_our_names_are_rejected_with_words_and_leave_nothing(String ours) {
        directory.apply(
                People.named("Jean", "Tremblay").email("j@x.ca").from(ours).said());
        assertThat(problems()).containsExactly("SOURCE_RESERVED");
        assertThat(ProblemCode.SOURCE_RESERVED.english()).contains("keeps for itself");
        SaleEvent sale = Sales.event("e1", SaleOperation.RECORD, "s1");
        sale.setSourceSystem(ours);
        sale.setReference(new CustomerReference(null, null, null));
        sale.setCustomer(People.named("Jean", "Tremblay").email("j@x.ca").details());
        directory.apply(new Input.Sale(sale));
        assertThat(problems()).containsExactly("SOURCE_RESERVED");
        assertThat(directory.sourceRecords()).isEmpty();
        assertThat(directory.sent(Topics.RECORDED_SALES)).isEmpty();
    }

    @Test
    void rows_of_a_file_under_one_of_our_names_are_rejected_and_counted_and_our_own_export_comes_back() {
        directory.apply(People.start("i", ImportMode.UPSERT, null));
        directory.apply(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .from("back-office")
                .row("i", "s", 2)
                .said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES))
                .extracting(RowOutcome::getOutcome)
                .containsExactly(RowOutcomeKind.REJECTED);
        directory.apply(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .from("repertoire")
                .row("i", "s", 3)
                .said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES))
                .extracting(RowOutcome::getOutcome)
                .containsExactly(RowOutcomeKind.CREATED);
    }
}
