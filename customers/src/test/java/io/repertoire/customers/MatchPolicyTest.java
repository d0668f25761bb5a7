package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policies a directory may choose besides the decision table of RULES. */
class MatchPolicyTest {

    private static final CustomerNormaliser NORMALISER = CustomerNormaliser.standard();
    private static final String PHONE = "514 842-1234";

    private static InMemoryDirectory directory(MatchPolicy match) {
        DirectoryPolicy policy = DirectoryPolicy.defaults().with(match);
        return new InMemoryDirectory(DirectoryMachine.create(NORMALISER, id -> policy));
    }

    private static InMemoryDirectory directory(MatchPolicy.Rules rules) {
        return directory(MatchPolicy.defaults().with(rules));
    }

    private static String say(InMemoryDirectory directory, People person) {
        return directory.customerOf(person);
    }

    private static List<ReviewKind> asked(InMemoryDirectory directory) {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getKind).toList();
    }

    @Test
    void square_joins_by_email_or_phone_where_neither_name_nor_the_other_differs() {
        InMemoryDirectory square = directory(MatchPolicy.Rules.SQUARE);
        String a = say(square, People.named("Jean", "Tremblay").email("j@x.ca"));
        assertThat(say(square, People.named("JEAN", "tremblay").email("j@x.ca").phone(PHONE)))
                .isEqualTo(a);
        assertThat(say(square, People.named("Jean", "Tremblay").phone(PHONE).from("web")))
                .isEqualTo(a);
        assertThat(say(square, People.nameless().phone(PHONE).from("till2"))).isEqualTo(a);
        assertThat(square.sent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void square_asks_where_the_names_differ_however_little() {
        InMemoryDirectory square = directory(MatchPolicy.Rules.SQUARE);
        String a = say(square, People.named("Jean", "Tremblay").email("j@x.ca"));
        assertThat(say(square, People.named("J.", "Tremblay").email("j@x.ca"))).isNotEqualTo(a);
        assertThat(asked(square)).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(say(square, People.named("Marie", "Roy").email("j@x.ca"))).isNotEqualTo(a);
        assertThat(asked(square)).isNotEmpty().containsOnly(ReviewKind.POSSIBLE_DUPLICATE);
    }

    @Test
    void square_asks_where_the_other_contact_point_differs() {
        InMemoryDirectory square = directory(MatchPolicy.Rules.SQUARE);
        String a = say(square, People.named("Jean", "Tremblay").email("j@x.ca").phone(PHONE));
        assertThat(say(square, People.named("Jean", "Tremblay").email("k@x.ca").phone(PHONE)))
                .isNotEqualTo(a);
        assertThat(asked(square)).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(say(square, People.named("Jean", "Tremblay").email("j@x.ca").phone("514 842-7777")))
                .isNotEqualTo(a);
        assertThat(square.lastSent(Topics.REVIEWS))
                .extracting(Review::getRule)
                .containsExactly("OTHER_CONTACT_DIFFERS");
    }

    @Test
    void by_ids_alone_emails_phones_and_cards_lead_to_nobody_and_ask_nothing() {
        InMemoryDirectory moneris = directory(MatchPolicy.Rules.ID_ONLY);
        String a = say(
                moneris,
                People.named("Jean", "Tremblay")
                        .email("j@x.ca")
                        .phone(PHONE)
                        .card("900")
                        .withId("7"));
        assertThat(say(
                        moneris,
                        People.named("Jean", "Tremblay")
                                .email("j@x.ca")
                                .phone(PHONE)
                                .card("900")
                                .from("web")))
                .isNotEqualTo(a);
        assertThat(moneris.sent(Topics.REVIEWS)).isEmpty();
        assertThat(say(moneris, People.named("Jeanne", "Roy").withId("7").at(1)))
                .isEqualTo(a);
        assertThat(say(
                        moneris,
                        People.named("Jeanne", "Roy").externalId("till", "7").from("web2")))
                .isEqualTo(a);
        assertThat(say(
                        moneris,
                        People.named("Jeanne", "Roy")
                                .ours(null, "C-00001")
                                .from("repertoire")
                                .row("i", "s", 2)
                                .title("Chef")))
                .isEqualTo(a);
    }

    @Test
    void nicknames_are_a_choice() {
        InMemoryDirectory formal = directory(new MatchPolicy(MatchPolicy.Rules.BALANCED, false, 250, 250, 365));
        String a = say(formal, People.named("Robert", "Roy").email("r@x.ca"));
        assertThat(say(formal, People.named("Bob", "Roy").email("r@x.ca"))).isNotEqualTo(a);
        InMemoryDirectory usual = directory(MatchPolicy.defaults());
        String b = say(usual, People.named("Robert", "Roy").email("r@x.ca"));
        assertThat(say(usual, People.named("Bob", "Roy").email("r@x.ca"))).isEqualTo(b);
    }
}
