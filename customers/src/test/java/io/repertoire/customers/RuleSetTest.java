package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.RuleSet;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a directory asks of new customers (FEATURES C2 to C5). */
class RuleSetTest {

    private static InMemoryDirectory directory(RuleSet rules) {
        var policy = DirectoryPolicy.defaults().with(rules);
        return new InMemoryDirectory(
                new RuledDirectoryMachine(CustomerNormaliser.standard(), PersonNames.bySpelling(), id -> policy));
    }

    private static List<String> missing(RuleSet rules, People person) {
        var directory = directory(rules);
        directory.apply(person.said());
        List<String> fields = new ArrayList<>();
        for (RejectedRecord rejected : directory.sent(Topics.REJECTED)) {
            for (Problem problem : rejected.getErrors()) {
                if (problem.getSeverity() == Severity.ERROR) {
                    assertThat(problem.getCode()).isEqualTo("FIELD_REQUIRED");
                    fields.add(problem.getField());
                }
            }
        }
        assertThat(directory.sent(Topics.DIRECTORY)).hasSize(fields.isEmpty() ? 1 : 0);
        return fields;
    }

    private static People creditAccount(People person) {
        person.details().setAccounts(List.of(new SubmittedAccount(null, null, "Y", null, null, null)));
        return person;
    }

    @Test
    void any_asks_for_no_more_than_one_of_four() {
        assertThat(missing(RuleSet.ANY, People.named("Ann", ""))).isEmpty();
    }

    @Test
    void the_back_office_of_aptimyz_asks_for_both_names_a_phone_and_an_email() {
        assertThat(missing(RuleSet.APTIMYZ_BACK_OFFICE, People.named("Ann", "")))
                .containsExactlyInAnyOrder("family_name", "phones", "emails");
        assertThat(missing(
                        RuleSet.APTIMYZ_BACK_OFFICE,
                        People.named("Ann", "Roy").email("a@x.ca").phone("514 222 3344")))
                .isEmpty();
        assertThat(missing(
                        RuleSet.APTIMYZ_BACK_OFFICE,
                        People.named("Ann", "Roy").email("aucun@aucun.com").phone("12")))
                .containsExactlyInAnyOrder("phones", "emails");
    }

    @Test
    void the_till_of_aptimyz_asks_a_person_for_a_phone_or_an_email_and_a_credit_account_for_company_and_email() {
        assertThat(missing(RuleSet.APTIMYZ_POS, People.named("Ann", "Roy"))).containsExactly("phones");
        assertThat(missing(RuleSet.APTIMYZ_POS, People.named("Ann", "Roy").email("a@x.ca")))
                .isEmpty();
        assertThat(missing(RuleSet.APTIMYZ_POS, People.named("Ann", "Roy").email("5142223344@aptimyz.com")))
                .isEmpty();
        assertThat(missing(
                        RuleSet.APTIMYZ_POS,
                        creditAccount(People.named("Ann", "Roy").phone("514 222 3344"))))
                .containsExactlyInAnyOrder("company_name", "emails");
    }

    @Test
    void the_file_of_aptimyz_asks_for_the_company_of_a_credit_account_too() {
        assertThat(missing(
                        RuleSet.APTIMYZ_CSV,
                        creditAccount(People.named("Ann", "Roy").email("a@x.ca").phone("514 222 3344"))))
                .containsExactly("company_name");
    }

    @Test
    void clictill_asks_for_a_last_name_alone() {
        assertThat(missing(RuleSet.CLICTILL, People.named("Ann", "").email("a@x.ca")))
                .containsExactly("family_name");
        assertThat(missing(RuleSet.CLICTILL, People.named("", "Roy"))).isEmpty();
    }

    @Test
    void what_is_known_already_need_not_be_said_again() {
        var directory = directory(RuleSet.APTIMYZ_BACK_OFFICE);
        directory.apply(People.named("Ann", "Roy")
                .email("a@x.ca")
                .phone("514 222 3344")
                .withId("7")
                .at(1)
                .said());
        directory.apply(People.named("", "Roy-Cyr").withId("7").at(2).said());
        assertThat(directory.sent(Topics.REJECTED)).isEmpty();
        assertThat(directory.images().values()).singleElement().satisfies(image -> {
            assertThat(image.getGivenName()).isEqualTo("Ann");
            assertThat(image.getFamilyName()).isEqualTo("Roy-Cyr");
        });
    }

    @Test
    void all_or_nothing_asks_it_of_rows_without_an_id_which_are_new() {
        DirectoryPolicy policy = DirectoryPolicy.defaults().with(RuleSet.CLICTILL);
        var check = new SubmissionCheck(CustomerNormaliser.standard(), id -> policy);
        CustomerSubmission row = People.named("Luc", "")
                .email("luc@x.ca")
                .from("csv")
                .row("i1", "sha", 2)
                .submission();
        assertThat(check.errors(row, ImportMode.UPSERT))
                .extracting(Problem::getCode)
                .contains(ProblemCode.FIELD_REQUIRED.name());
        row.setSourceCustomerId("7");
        assertThat(check.errors(row, ImportMode.UPSERT)).isEmpty();
    }

    @Test
    void a_till_that_looks_somebody_up_by_a_number_is_not_asked_for_a_name() {
        var directory = directory(RuleSet.APTIMYZ_BACK_OFFICE);
        Input.Submission lookup = People.named("", "").phone("514 222 3344").said();
        lookup.value().setChannel(Channel.POS);
        directory.apply(lookup);
        assertThat(directory.sent(Topics.REJECTED)).isEmpty();
    }
}
