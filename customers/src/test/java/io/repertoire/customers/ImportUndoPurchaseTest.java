package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.SaleOperation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was last bought with a contact point, and the consent that this implies (P39), is back once an import is undone. */
class ImportUndoPurchaseTest {

    private static final String PHONE = "5148421234";
    private static final String OTHER = "5148425678";
    private static final String THIRD = "5148429999";

    private final UndoneDirectory directory = new UndoneDirectory();

    private void read(String importId, People... rows) {
        directory.say(People.start(importId, ImportMode.UPSERT, null).value());
        long line = 1;
        for (People row : rows) {
            directory.say(row.row(importId, "sha-" + importId, ++line).submission());
        }
        directory.say(People.end(importId, rows.length).value());
    }

    private void undo(String importId) {
        assertThat(directory.undo(importId).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        directory.runJobs();
        SoundState.check(directory.directory);
    }

    private static People jean(String phone) {
        return People.named("Jean", "Roy").withId("1").phone(phone);
    }

    private static People marie(String phone) {
        return People.named("Marie", "Gagnon").withId("2").phone(phone);
    }

    private void sale(SaleOperation operation, @Nullable String buyer, Instant at, Instant receivedAt) {
        var reference = buyer == null ? null : new CustomerReference(buyer, null, null);
        var event = Sales.event("e" + at, operation, "s1", reference, null, at);
        event.setReceivedAt(receivedAt);
        directory.directory.apply(new Input.Sale(event));
    }

    private void buys(String given) {
        sale(SaleOperation.RECORD, named(given).getCustomerId(), People.DAY, People.RECEIVED);
    }

    private Customer named(String given) {
        return directory.directory.images().values().stream()
                .filter(customer -> given.equals(customer.getGivenName()))
                .findFirst()
                .orElseThrow();
    }

    private List<ConsentStatus> implied(String given) {
        return named(given).getConsents().stream()
                .filter(consent -> consent.getBasis() == ConsentBasis.IMPLIED_PURCHASE)
                .map(Consent::getStatus)
                .toList();
    }

    @Test
    void though_somebody_new_held_the_number_last_and_gave_it_up() {
        directory.say(jean(PHONE).submission());
        buys("Jean");
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        read("i1", marie(PHONE), jean(OTHER).at(1), marie(THIRD).at(2));
        assertThat(implied("Jean")).isEmpty();
        undo("i1");
        assertThat(implied("Jean")).containsExactly(ConsentStatus.GRANTED);
        assertThat(directory.held()).isEqualTo(held);
        assertThat(directory.shown()).isEqualTo(shown);
    }

    @Test
    void though_it_was_nobodys_for_a_moment_of_the_undo() {
        directory.say(jean(PHONE).submission());
        directory.say(marie(THIRD).submission());
        buys("Jean");
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        // She took it over before he gave it up, and is put back before he is.
        read(
                "i1",
                jean(PHONE).title("boss").at(1),
                marie(PHONE).at(2),
                jean(OTHER).at(3));
        undo("i1");
        assertThat(directory.held()).isEqualTo(held);
        assertThat(directory.shown()).isEqualTo(shown);
    }

    @Test
    void p10_though_the_number_had_passed_to_somebody_else() {
        directory.say(jean(PHONE).email("j@x.ca").at(-400).submission());
        buys("Jean");
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        read(
                "i1",
                marie(PHONE).email("m@x.ca").at(1),
                marie(OTHER).email("m@x.ca").at(2));
        assertThat(named("Jean").getPhones().get(0).getValidTo()).isNotNull();
        undo("i1");
        assertThat(directory.held()).isEqualTo(held);
        assertThat(directory.shown()).isEqualTo(shown);
    }

    @Test
    void p10_though_the_number_had_passed_on_and_is_that_of_somebody_else_of_the_household_too() {
        directory.say(jean(PHONE).email("j@x.ca").at(-400).submission());
        directory.say(People.named("Luc", "Nguyen").phone(PHONE).at(-399).submission());
        buys("Jean");
        directory.bringUpToDate();
        assertThat(implied("Luc")).containsExactly(ConsentStatus.GRANTED);
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        read("i1", marie(PHONE).email("m@x.ca").at(1));
        assertThat(implied("Luc")).isEmpty();
        undo("i1");
        assertThat(directory.held()).isEqualTo(held);
        assertThat(directory.shown()).isEqualTo(shown);
    }

    @Test
    void p10_though_it_had_passed_to_somebody_else_and_come_back() {
        directory.say(jean(PHONE).email("j@x.ca").at(-400).submission());
        buys("Jean");
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        read(
                "i1",
                jean(PHONE).email("j@x.ca").title("boss").at(-399),
                marie(PHONE).email("m@x.ca").at(1),
                jean(PHONE).email("j@x.ca").title("chief").at(2),
                marie(OTHER).email("m@x.ca").at(3));
        undo("i1");
        assertThat(directory.held()).isEqualTo(held);
        assertThat(directory.shown()).isEqualTo(shown);
    }

    @Test
    void p10_a_number_that_stays_with_who_bought_something_since_brings_nothing_of_its_old_holder_along() {
        directory.say(jean(PHONE).email("j@x.ca").at(-400).submission());
        buys("Jean");
        read("i1", marie(PHONE).email("m@x.ca").at(1));
        directory.say(marie(PHONE).email("m@x.ca").title("boss").at(2).submission());
        undo("i1");
        assertThat(named("Jean").getPhones().get(0).getValidTo()).isNotNull();
        assertThat(implied("Marie")).isEmpty();
    }

    @Test
    void p39_but_not_if_the_sale_was_cancelled_since() {
        directory.say(jean(PHONE).submission());
        buys("Jean");
        read("i1", jean(OTHER).at(1));
        sale(
                SaleOperation.VOID,
                null,
                People.DAY.plusSeconds(60),
                directory.now().plusSeconds(1));
        undo("i1");
        assertThat(named("Jean").getPhones()).hasSize(1);
        assertThat(implied("Jean")).isEmpty();
    }

    @Test
    void p39_but_not_if_the_sale_turned_out_since_to_be_somebody_elses() {
        directory.say(jean(PHONE).submission());
        directory.say(marie(THIRD).submission());
        buys("Jean");
        read("i1", jean(OTHER).at(1));
        String marie = named("Marie").getCustomerId();
        sale(
                SaleOperation.REPLACE,
                marie,
                People.DAY.plusSeconds(60),
                directory.now().plusSeconds(1));
        undo("i1");
        assertThat(implied("Jean")).isEmpty();
        assertThat(implied("Marie")).containsExactly(ConsentStatus.GRANTED);
    }
}
