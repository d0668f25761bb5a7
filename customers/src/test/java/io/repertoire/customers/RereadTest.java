package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.contact.Phones;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is held is read once more when the policy, the lists or the numbering plans change (P1 to P3, P15, P20). */
class RereadTest {

    private static final String PHONE = "514 842-1234";

    private final CustomerNormaliser normaliser = CustomerNormaliser.standard();
    private DirectoryPolicy policy = DirectoryPolicy.defaults();
    private InMemoryDirectory directory =
            new InMemoryDirectory(new RuledDirectoryMachine(normaliser, PersonNames.standard(), id -> policy));

    private String say(People person) {
        return directory.customerOf(person);
    }

    private void change(DirectoryPolicy other) {
        policy = other;
        recompute();
    }

    private void recompute() {
        directory.apply(new Input.Inspect(People.DIRECTORY, People.RECEIVED));
        assertThat(directory.all(StateTable.JOBS)).hasSize(1);
        for (List<JobState> jobs = directory.all(StateTable.JOBS);
                !jobs.isEmpty();
                jobs = directory.all(StateTable.JOBS)) {
            directory.apply(new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), People.RECEIVED));
        }
    }

    private Customer image(String customer) {
        return directory.images().get(customer);
    }

    private List<ReviewKind> asked() {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getKind).toList();
    }

    private static DirectoryPolicy region(String country) {
        return new DirectoryPolicy(country, Set.of(), Set.of(), 5, 5, 3, 4, true);
    }

    @Test
    void p1_an_address_that_is_put_on_the_block_list_stops_matching_and_taken_off_it_matches_again() {
        String jean = say(People.named("Jean", "Tremblay").email("bidon@x.ca"));
        change(policy.with(BlockList.of(List.of("email-local bidon"))));
        assertThat(image(jean).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.PLACEHOLDER);
        assertThat(directory.all(StateTable.IDENTIFIERS)).hasSize(1);
        String other = say(People.named("Jean", "Tremblay").email("bidon@x.ca").from("web"));
        assertThat(other).isNotEqualTo(jean);
        change(DirectoryPolicy.defaults());
        assertThat(image(jean).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.OK);
        // Nobody is merged by it; who comes next is asked about, since two could be meant.
        assertThat(image(other).getCustomerId()).isEqualTo(other);
        say(People.named("Jean", "Tremblay").email("bidon@x.ca").from("third"));
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
    }

    @Test
    void p2_a_new_synthetic_domain_gives_the_number_and_takes_it_back_when_it_is_none_any_more() {
        String jean = say(People.named("Jean", "Tremblay").email("5148421234@pos.shop.ca"));
        change(policy.with(BlockList.of(List.of("synthetic pos.shop.ca"))));
        assertThat(image(jean).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SYNTHETIC);
        assertThat(image(jean).getPhones().get(0).getE164()).isEqualTo("+15148421234");
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).from("web")))
                .isEqualTo(jean);
        change(DirectoryPolicy.defaults());
        assertThat(directory.sourceRecords().stream()
                        .filter(r -> r.getSystem().equals("till"))
                        .findFirst()
                        .orElseThrow()
                        .getContent()
                        .getPhones())
                .isEmpty();
        assertThat(image(jean).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.OK);
    }

    @Test
    void p3_the_shops_own_number_stops_matching_when_it_is_named() {
        String jean = say(People.named("Jean", "Tremblay").phone(PHONE));
        change(new DirectoryPolicy("CA", Set.of(), Set.of("+15148421234"), 5, 5, 3, 4, true));
        assertThat(image(jean).getPhones().get(0).getQuality()).isEqualTo(ContactQuality.PLACEHOLDER);
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).from("web")))
                .isNotEqualTo(jean);
    }

    @Test
    void p17_a_number_that_was_none_in_the_wrong_country_is_one_in_the_right_one_and_what_was_understood_stays() {
        String marie = say(People.named("Marie", "Roy").phone("06 12 34 56 78"));
        String jean = say(People.named("Jean", "Tremblay").phone(PHONE));
        assertThat(image(marie).getPhones().get(0).getQuality()).isEqualTo(ContactQuality.INVALID);
        change(region("FR"));
        assertThat(image(marie).getPhones().get(0).getE164()).isEqualTo("+33612345678");
        assertThat(image(marie).getPhones().get(0).getRaw()).isEqualTo("06 12 34 56 78");
        assertThat(image(jean).getPhones().get(0).getE164()).isEqualTo("+15148421234");
        assertThat(say(People.named("Marie", "Roy").phone("+33 6 12 34 56 78").from("web")))
                .isEqualTo(marie);
    }

    @Test
    void p20_with_other_numbering_plans_every_number_is_looked_at_again_without_a_change_of_policy() {
        String jean = say(People.named("Jean", "Tremblay").phone("+33 6 12 34 56 78"));
        assertThat(image(jean).getPhones().get(0).getKind()).isEqualTo(PhoneKind.MOBILE);
        var outdated = directory.sourceRecords().get(0);
        outdated.getContent().getPhones().get(0).setKind(PhoneKind.TOLL_FREE);
        directory =
                directory.under(new RuledDirectoryMachine(new Newer(normaliser), PersonNames.standard(), id -> policy));
        directory.replace(StateTable.SOURCE_RECORDS, outdated.getSourceKey(), outdated);
        recompute();
        assertThat(directory
                        .sourceRecords()
                        .get(0)
                        .getContent()
                        .getPhones()
                        .get(0)
                        .getKind())
                .isEqualTo(PhoneKind.MOBILE);
        directory.apply(new Input.Inspect(People.DIRECTORY, People.RECEIVED));
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
    }

    /** The same rules after an upgrade. */
    private record Newer(CustomerNormaliser rules) implements CustomerNormaliser {
        @Override
        public Normalised normalise(
                io.repertoire.schemas.SubmittedCustomer customer,
                @org.jspecify.annotations.Nullable String region,
                long observedAtMillis,
                DirectoryPolicy policy) {
            return rules.normalise(customer, region, observedAtMillis, policy);
        }

        @Override
        public boolean reread(
                io.repertoire.schemas.state.NormalisedCustomer content,
                @org.jspecify.annotations.Nullable String region,
                DirectoryPolicy policy) {
            return rules.reread(content, region, policy);
        }

        @Override
        public String lists() {
            return rules.lists() + "+1";
        }

        @Override
        public int version() {
            return rules.version();
        }
    }

    @Test
    void p20_the_version_of_the_numbering_plans_that_is_remembered_is_that_of_the_library() throws IOException {
        var library = new Properties();
        try (InputStream in = getClass()
                .getResourceAsStream("/META-INF/maven/com.googlecode.libphonenumber/libphonenumber/pom.properties")) {
            library.load(in);
        }
        assertThat(library.getProperty("version")).isEqualTo(Phones.METADATA);
        assertThat(normaliser.lists()).contains(Phones.METADATA);
    }

    @Test
    void p20_reading_again_under_the_same_policy_changes_nothing_and_sends_nothing() {
        say(People.named("Jean", "Tremblay")
                .phone(PHONE, "12")
                .phone("438 842 9999")
                .email("Jean <J@X.ca>; j2@x.ca"));
        say(People.nameless().email("5148427777@aptimyz.com"));
        say(People.named("Marie", "Roy").phone("0000000000").email("aucun@x.ca").email("not an address"));
        directory.sourceRecords().forEach(record -> assertThat(
                        normaliser.reread(record.getContent(), record.getRegion(), policy))
                .as(record.getSourceKey())
                .isFalse());
        directory.forgetOutputs();
        change(policy.with(MatchPolicy.defaults().withMaxRecords(99)));
        assertThat(directory.sent(Topics.DIRECTORY)).isEmpty();
    }

    @Test
    void p15_dots_and_tags_are_part_of_an_address_and_nobody_is_asked_by_default() {
        String jean = say(People.named("Jean", "Tremblay").email("jean.tremblay@gmail.com"));
        assertThat(say(People.named("Jean", "Tremblay").email("jeantremblay@gmail.com")))
                .isNotEqualTo(jean);
        assertThat(asked()).isEmpty();
        assertThat(image(jean).getEmails().get(0).getValue()).isEqualTo("jean.tremblay@gmail.com");
    }

    @Test
    void p15_where_it_is_wanted_spellings_of_one_mailbox_are_asked_about_and_join_nobody() {
        policy = policy.with(MatchPolicy.defaults().withLooseEmails());
        String jean = say(People.named("Jean", "Tremblay").email("jean.tremblay+shop@gmail.com"));
        String other = say(People.named("J", "Tremblay").email("jeantremblay@googlemail.com"));
        assertThat(other).isNotEqualTo(jean);
        Review review = directory.lastSent(Topics.REVIEWS).get(0);
        assertThat(review.getKind()).isEqualTo(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(review.getRule()).isEqualTo("LOOSE_EMAIL");
        assertThat(review.getCustomerIds()).containsExactlyInAnyOrder(jean, other);
        assertThat(review.getEvidence()).doesNotContain("@");
        say(People.named("Marie", "Roy").email("jean.trem.blay@gmail.com"));
        assertThat(asked()).isEmpty();
        say(People.named("Jean", "Tremblay").email("jean.tremblay@x.ca"));
        assertThat(asked()).isEmpty();
    }

    @Test
    void p15_turned_on_later_it_knows_those_who_are_there() {
        String jean = say(People.named("Jean", "Tremblay").email("jean.tremblay@gmail.com"));
        change(policy.with(MatchPolicy.defaults().withLooseEmails()));
        String other = say(People.named("Jean", "Tremblay").email("jeantremblay@gmail.com"));
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getCustomerIds()).containsExactlyInAnyOrder(jean, other);
    }

    @Test
    void p15_an_erased_persons_other_spelling_is_somebody_else_and_nothing_of_the_loose_key_stays() {
        var secret = new ErasurePolicy(
                List.of(SuppressionSecret.of("a secret of the tests")), false, java.time.Duration.ofHours(1));
        policy = policy.with(MatchPolicy.defaults().withLooseEmails()).with(secret);
        String jean = say(People.named("Jean", "Tremblay").email("jean.tremblay@gmail.com"));
        new Commands(directory).give(io.repertoire.schemas.CommandType.ERASE, jean);
        assertThat(directory.holds("jeantremblay")).isFalse();
        assertThat(say(People.named("Jean", "Tremblay")
                        .email("jeantremblay@gmail.com")
                        .at(1)))
                .isNotEqualTo(jean);
    }
}
