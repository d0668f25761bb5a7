package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Create, edit, points and groups by people (A1, B21, P26, P32). */
class BackOfficeTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            CustomerNormaliser.standard(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);

    private String customer(People person) {
        directory.apply(person.said());
        return directory.lastSent(Topics.DIRECTORY).get(0).getCustomerId();
    }

    private Customer image(String id) {
        return directory.images().get(id);
    }

    private String luc() {
        return customer(People.named("Luc", "Roy").email("luc@x.ca").title("baker"));
    }

    @Test
    void a_created_customer_is_stored_like_a_submission_and_its_id_answered() {
        CommandResult result = commands.values(
                CommandType.CREATE, null, People.named("Zoé", "Gagnon").email("zoe@x.ca"));
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(result.getMessage()).isEqualTo("Created.");
        Customer image = image(result.getCustomerIds().get(0));
        assertThat(image.getDisplayName()).isEqualTo("Zoé Gagnon");
        assertThat(image.getSourceRecords().get(0).getSystem()).isEqualTo("back-office");
        assertThat(directory.lastSent(Topics.DIRECTORY)).hasSize(1);
        assertThat(directory.outputs()).filteredOn(Output::lastOfInput).hasSize(1);
    }

    @Test
    void one_that_is_there_already_is_joined_and_not_made_twice() {
        String luc = luc();
        CommandResult result = commands.values(
                CommandType.CREATE, null, People.named("Luc", "Roy").email("luc@x.ca"));
        assertThat(result.getCustomerIds()).containsExactly(luc);
        assertThat(result.getMessage()).startsWith("There already");
    }

    @Test
    void one_without_anything_to_know_it_by_is_refused_with_the_reason() {
        CommandResult result = commands.values(CommandType.CREATE, null, People.nameless());
        assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
        assertThat(result.getCode()).isEqualTo("INVALID");
        assertThat(result.getMessage()).contains("at least one is needed");
        assertThat(directory.customers()).isEmpty();
        assertThat(directory.lastSent(Topics.REJECTED)).isEmpty();
    }

    @Test
    void p26_what_a_person_set_by_hand_wins_over_every_later_source() {
        String luc = luc();
        CommandResult result = commands.values(
                CommandType.EDIT, luc, People.named("Lucien", "").title("mason"));
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(luc).getGivenName()).isEqualTo("Lucien");
        assertThat(image(luc).getFamilyName()).isEqualTo("Roy");
        assertThat(image(luc).getJobTitle()).isEqualTo("mason");
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .title("cook")
                .at(90)
                .said());
        assertThat(image(luc).getGivenName()).isEqualTo("Lucien");
        assertThat(image(luc).getJobTitle()).isEqualTo("mason");
        commands.values(CommandType.EDIT, luc, People.nameless().title("judge"));
        assertThat(image(luc).getJobTitle()).isEqualTo("judge");
    }

    @Test
    void p26_a_field_cleared_by_hand_stays_blank_whatever_sources_say() {
        String luc = luc();
        commands.values(CommandType.EDIT, luc, People.nameless().title("\\N"));
        assertThat(image(luc).getJobTitle()).isNull();
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .title("cook")
                .at(90)
                .said());
        assertThat(image(luc).getJobTitle()).isNull();
    }

    @Test
    void a_corrected_email_is_primary_from_then_on_and_finds_the_customer() {
        String luc = luc();
        commands.values(CommandType.EDIT, luc, People.nameless().email("new@x.ca"));
        directory.apply(People.named("Luc", "Roy").email("luc@x.ca").at(91).said());
        assertThat(image(luc).getEmails().get(0).getValue()).isEqualTo("new@x.ca");
        assertThat(image(luc).getEmails().get(0).getPrimary()).isTrue();
        assertThat(customer(People.named("Luc", "Roy").email("new@x.ca").phone("5145550123")))
                .isEqualTo(luc);
    }

    @Test
    void an_edit_follows_a_merge_and_comes_back_with_the_unmerge() {
        String luc = luc();
        String zoe = customer(People.named("Zoé", "Gagnon").email("zoe@x.ca"));
        commands.values(CommandType.EDIT, zoe, People.nameless().title("judge"));
        commands.give(CommandType.MERGE, luc, zoe);
        assertThat(image(luc).getJobTitle()).isEqualTo("judge");
        commands.values(CommandType.EDIT, luc, People.nameless().title("pilot"));
        assertThat(image(luc).getJobTitle()).isEqualTo("pilot");
        commands.give(CommandType.UNMERGE, null, zoe);
        assertThat(image(luc).getJobTitle()).isEqualTo("pilot");
        assertThat(image(zoe).getJobTitle()).isEqualTo("judge");
    }

    @Test
    void an_edit_of_nobody_or_of_nothing_is_refused() {
        assertThat(commands.values(CommandType.EDIT, "C-00009", People.named("A", "B"))
                        .getStatus())
                .isEqualTo(CommandStatus.NOT_FOUND);
        String luc = luc();
        assertThat(commands.values(CommandType.EDIT, luc, People.nameless()).getCode())
                .isEqualTo("MISSING_ARGUMENT");
        assertThat(commands.give(CommandType.EDIT, luc).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(image(luc).getVersion()).isEqualTo(1);
    }

    @Test
    void p32_points_move_by_commands_and_later_statements_of_the_source_count_again() {
        People till = People.named("Luc", "Roy").email("luc@x.ca").withId("7");
        till.details().setLoyalty(new SubmittedLoyalty("card1", "100", null, null, null, null));
        String luc = customer(till);
        assertThat(commands.points(luc, 50).getMessage()).isEqualTo("The balance is 150.");
        assertThat(image(luc).getLoyalty().getPointsBalance()).isEqualTo(150);
        CustomerChange change = directory.lastSent(Topics.CHANGES).get(0);
        assertThat(change.getChangedFields()).containsExactly("loyalty");
        assertThat(change.getReason().getEvidence()).isEqualTo("+50 points, by alice");
        assertThat(commands.points(luc, -30).getMessage()).isEqualTo("The balance is 120.");
        assertThat(commands.points(luc, -121).getCode()).isEqualTo("NOT_ENOUGH_POINTS");
        assertThat(commands.points(luc, Long.MIN_VALUE).getCode()).isEqualTo("NOT_ENOUGH_POINTS");
        assertThat(commands.points(luc, Long.MAX_VALUE).getCode()).isEqualTo("INVALID");
        assertThat(commands.points(luc, 0).getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
        People later = People.named("Luc", "Roy")
                .email("luc@x.ca")
                .withId("7")
                .at(commands.now().plusSeconds(60));
        later.details().setLoyalty(new SubmittedLoyalty("card1", "400", null, null, null, null));
        var submission = later.submission();
        submission.setReceivedAt(commands.now().plusSeconds(120));
        directory.apply(new Input.Submission(submission));
        assertThat(image(luc).getLoyalty().getPointsBalance()).isEqualTo(400);
    }

    @Test
    void p32_a_merge_adds_no_points_up() {
        String luc = luc();
        String zoe = customer(People.named("Zoé", "Gagnon").email("zoe@x.ca"));
        commands.points(luc, 100);
        commands.points(zoe, 30);
        commands.give(CommandType.MERGE, luc, zoe);
        assertThat(image(luc).getLoyalty().getPointsBalance()).isEqualTo(30);
        commands.give(CommandType.UNMERGE, null, zoe);
        assertThat(image(luc).getLoyalty().getPointsBalance()).isEqualTo(100);
        assertThat(image(zoe).getLoyalty().getPointsBalance()).isEqualTo(30);
    }

    @Test
    void groups_are_added_and_taken_away_whoever_named_them() {
        String luc = customer(People.named("Luc", "Roy").email("luc@x.ca").group("VIP"));
        assertThat(commands.group(CommandType.GROUP_ADD, luc, "VIP").getCode()).isEqualTo("IN_GROUP");
        assertThat(commands.group(CommandType.GROUP_ADD, luc, " Friends ").getStatus())
                .isEqualTo(CommandStatus.DONE);
        assertThat(groups(luc)).containsExactly("Friends", "VIP");
        assertThat(commands.group(CommandType.GROUP_REMOVE, luc, "VIP").getStatus())
                .isEqualTo(CommandStatus.DONE);
        assertThat(commands.group(CommandType.GROUP_REMOVE, luc, "VIP").getCode())
                .isEqualTo("NOT_IN_GROUP");
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .group("VIP")
                .phone("5145550100")
                .at(5)
                .said());
        assertThat(groups(luc)).containsExactly("Friends");
        commands.group(CommandType.GROUP_REMOVE, luc, "Friends");
        commands.group(CommandType.GROUP_ADD, luc, "VIP");
        assertThat(groups(luc)).containsExactly("VIP");
        assertThat(commands.group(CommandType.GROUP_ADD, luc, " ").getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(commands.group(CommandType.GROUP_ADD, luc, "x".repeat(101)).getCode())
                .isEqualTo("INVALID");
    }

    private List<String> groups(String id) {
        return image(id).getGroups().stream().map(GroupMembership::getName).toList();
    }
}
