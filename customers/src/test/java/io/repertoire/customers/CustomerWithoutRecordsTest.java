package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer whose last record has left: what people said of it still holds, and comes to whoever joins it. */
class CustomerWithoutRecordsTest {

    private static final String PHONE = "5145550001";

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);

    private String luc;
    private String left;

    private String customer(People person) {
        directory.apply(person.said());
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        return images.get(images.size() - 1).getCustomerId();
    }

    private CustomerState state(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    private void done(CommandType type, String first, String second) {
        assertThat(commands.give(type, first, second).getStatus()).isEqualTo(CommandStatus.DONE);
    }

    private void hasARecordSaying(String customer, List<String> said) {
        assertThat(directory.sourceRecords())
                .filteredOn(record -> record.getCustomerId().equals(customer))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.getDistinct()).containsExactlyInAnyOrderElementsOf(said));
    }

    /** A number that was only looked up is split off, and says later whose it is. */
    @BeforeEach
    void a_customer_is_left_by_its_only_record() {
        luc = customer(People.named("Luc", "Roy").email("luc@x.ca").phone(PHONE));
        customer(People.nameless()
                .phone(PHONE)
                .from("kiosk")
                .withId("L1")
                .recordId("look-up")
                .at(1));
        String lookUp = directory.sourceRecords().stream()
                .filter(record -> record.getSystem().equals("kiosk"))
                .findFirst()
                .orElseThrow()
                .getSourceKey();
        assertThat(commands.split(luc, lookUp).getStatus()).isEqualTo(CommandStatus.DONE);
        // Ids hang on how many people earlier tests have made.
        left = directory.customers().stream()
                .map(CustomerState::getCustomerId)
                .filter(id -> !id.equals(luc))
                .findFirst()
                .orElseThrow();
        assertThat(state(left).getMemberCount()).isEqualTo(1);
        directory.apply(People.named("Zoé", "Gagnon")
                .email("zoe@x.ca")
                .from("kiosk")
                .withId("L1")
                .recordId("named")
                .at(2)
                .said());
        assertThat(state(left).getMemberCount()).isZero();
        assertThat(state(left).getDistinct()).isEmpty();
    }

    @Test
    void is_told_apart_and_so_is_what_it_is_given_afterwards() {
        done(CommandType.DISTINCT, luc, left);
        List<String> said = List.copyOf(state(left).getDistinct());
        assertThat(said).hasSize(1);
        assertThat(commands.values(
                                CommandType.EDIT,
                                left,
                                People.named("Luc", "Roy").email("l2@x.ca"))
                        .getStatus())
                .isEqualTo(CommandStatus.DONE);
        assertThat(state(left).getDistinct()).isEqualTo(said);
        hasARecordSaying(left, said);
        directory.apply(People.named("Luc", "Roy")
                .email("l2@x.ca")
                .phone(PHONE)
                .from("web")
                .at(4)
                .said());
        assertThat(state(luc).getMergedInto()).isNull();
        assertThat(state(left).getMergedInto()).isNull();
    }

    @Test
    void is_merged_and_taken_apart_and_keeps_what_was_said_of_it_alone() {
        done(CommandType.MERGE, luc, left);
        List<String> before = List.copyOf(state(luc).getDistinct());
        done(CommandType.UNMERGE, luc, left);
        assertThat(state(left).getDistinct()).hasSize(1);
        assertThat(state(luc).getDistinct()).hasSize(before.size() + 1);
        hasARecordSaying(luc, state(luc).getDistinct());
        assertThat(commands.give(CommandType.DISTINCT, left, luc).getCode()).isEqualTo("ALREADY_DISTINCT");

        done(CommandType.MERGE, luc, left);
        hasARecordSaying(luc, state(luc).getDistinct());
        done(CommandType.UNMERGE, luc, left);
        assertThat(state(left).getDistinct()).hasSize(2);
    }

    @Test
    void gives_what_was_said_of_it_to_the_records_of_one_it_absorbs() {
        String zoe = directory.sourceRecords().stream()
                .filter(record -> record.getSystem().equals("kiosk"))
                .findFirst()
                .orElseThrow()
                .getCustomerId();
        done(CommandType.DISTINCT, luc, left);
        List<String> said = List.copyOf(state(left).getDistinct());
        done(CommandType.MERGE, left, zoe);
        assertThat(state(left).getDistinct()).containsAll(said);
        hasARecordSaying(left, state(left).getDistinct());
    }
}
