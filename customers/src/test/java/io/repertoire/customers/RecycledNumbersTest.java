package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P10: a number that passed to somebody else, and what becomes of it afterwards. */
class RecycledNumbersTest {

    private static final String PHONE = "514 842-1234";

    private final InMemoryDirectory directory = new InMemoryDirectory(
            DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()));

    private String say(People person) {
        return directory.customerOf(person);
    }

    private static People jean(int day) {
        return People.named("Jean", "Tremblay")
                .phone(PHONE)
                .email("j@x.ca")
                .from("csv")
                .withId("1")
                .at(day);
    }

    private static People marie(int day) {
        return People.named("Marie", "Roy")
                .phone(PHONE)
                .email("m@x.ca")
                .from("csv")
                .withId("2")
                .at(day);
    }

    private @Nullable Instant validTo(String customer) {
        return directory.images().get(customer).getPhones().get(0).getValidTo();
    }

    private List<ReviewKind> asked() {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getKind).toList();
    }

    @Test
    void p10_who_says_the_number_once_more_has_it_again_and_a_person_is_asked_about_the_two() {
        String jean = say(jean(-400));
        String marie = say(marie(-20));
        assertThat(validTo(jean)).isNotNull();

        say(jean(-10));

        assertThat(validTo(jean)).isNull();
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getCustomerIds()).containsExactlyInAnyOrder(jean, marie);
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).from("web").at(-5)))
                .isEqualTo(jean);
        assertThat(say(People.named("Marie", "Roy").phone(PHONE).from("web").at(-4)))
                .isEqualTo(marie);
    }

    @Test
    void p10_a_new_version_that_names_the_number_has_it_again_too() {
        String jean = say(jean(-400));
        say(marie(-20));
        say(jean(-10).notes("moved back"));
        assertThat(validTo(jean)).isNull();
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).from("web").at(-5)))
                .isEqualTo(jean);
    }

    @Test
    void p10_what_was_said_before_the_number_passed_on_and_comes_late_does_not_bring_it_back() {
        String jean = say(jean(-400));
        say(marie(-20));
        say(jean(-30));
        assertThat(validTo(jean)).isEqualTo(People.DAY.plusSeconds(-20 * 86_400L));
        say(jean(-390).notes("late"));
        assertThat(validTo(jean)).isEqualTo(People.DAY.plusSeconds(-20 * 86_400L));
    }

    @Test
    void p10_a_person_who_types_the_number_again_gives_it_back() {
        String jean = say(People.named("Jean", "Tremblay")
                .phone("514 842-7777")
                .email("j@x.ca")
                .at(-800));
        var commands = new Commands(directory);
        commands.values(CommandType.EDIT, jean, People.nameless().phone(PHONE));
        int year = 86_400 * 400;
        say(marie(0).at(commands.now().plusSeconds(year)));
        assertThat(directory.images().get(jean).getPhones()).hasSize(2);
        commands.values(CommandType.EDIT, jean, People.nameless().phone(PHONE));
        assertThat(directory.images().get(jean).getPhones())
                .allSatisfy(phone -> assertThat(phone.getValidTo()).isNull());
    }

    @Test
    void p10_a_look_up_at_the_same_till_goes_to_whom_the_number_has_passed_to() {
        String jean = say(jean(-500));
        assertThat(say(People.nameless().phone(PHONE).at(-450))).isEqualTo(jean);
        String marie = say(marie(-20));
        assertThat(say(People.nameless().phone(PHONE).at(-10))).isEqualTo(marie);
        assertThat(directory.images().get(jean).getSourceRecordCount()).isEqualTo(1);
        // A look-up from before that comes late changes nothing.
        assertThat(say(People.nameless().phone(PHONE).from("till2").at(-430))).isEqualTo(marie);
    }

    @Test
    void p10_a_record_that_was_heard_of_since_without_the_number_has_not_spoken_of_the_number() {
        String jean = say(jean(-400));
        say(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .from("csv")
                .withId("1")
                .at(-30));
        say(marie(-20));
        assertThat(validTo(jean)).isNotNull();
    }

    @Test
    void p10_a_number_of_which_nobody_knows_when_it_was_last_said_is_not_taken_away() {
        say(People.named("Jean", "Tremblay").email("j@x.ca").at(-400));
        var work = new Workspace(People.DIRECTORY, directory, DirectoryPolicy.defaults(), 1);
        CustomerState customer = directory.customers().get(0);
        var facts = new MatchFacts(new Members(work), PersonNames.standard(), StewardRecord.nothing(), true);
        assertThat(facts.lastHeard(customer, new Identifier(IdentifierKind.PHONE, "+15148421234", false)))
                .isEqualTo(Long.MAX_VALUE);
    }
}
