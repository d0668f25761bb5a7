package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ImportMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an ordinary row costs in calls to the stores, each of which is two to three microseconds of the streams thread. */
class LookupCountTest {

    private final DirectoryMachine machine = new RuledDirectoryMachine(
            CustomerNormaliser.standard(), PersonNames.standard(), id -> DirectoryPolicy.defaults());
    private final InMemoryDirectory directory = new InMemoryDirectory(machine);
    private final List<String> asked = new ArrayList<>();

    private Decision decide(People person) {
        var counting = new DirectoryView() {
            @Override
            public String epoch() {
                return directory.epoch();
            }

            @Override
            public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
                asked.add(table.name());
                return directory.get(table, key);
            }

            @Override
            public List<String> keys(StateTable<?> table, String prefix, @Nullable String after, int limit) {
                asked.add(table.name() + " by range");
                return directory.keys(table, prefix, after, limit);
            }
        };
        return machine.apply(person.said(), counting);
    }

    private static People row(String given, String email, String phone, long line) {
        return People.named(given, "Tremblay")
                .email(email)
                .phone(phone)
                .from("csv")
                .row("i", "0123", line);
    }

    @Test
    void a_plain_new_row_asks_for_what_it_must_and_writes_what_it_makes() {
        directory.apply(People.start("i", ImportMode.UPSERT, null));
        directory.apply(row("Jean", "jean@tremblay.ca", "514 842-1234", 2).said());
        Decision decision = decide(row("Luc", "luc@tremblay.ca", "514 842-9876", 3));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "directories", "import-progress", "source-records", "customers", "identifiers", "identifiers");
        assertThat(decision.changes())
                .extracting(change -> change.table().name())
                .containsExactlyInAnyOrder(
                        "directories",
                        "import-progress",
                        "source-records",
                        "customers",
                        "identifiers",
                        "identifiers",
                        "identifiers");
    }

    @Test
    void a_row_that_says_nothing_new_asks_no_more_than_a_new_one() {
        directory.apply(People.start("i", ImportMode.UPSERT, null));
        directory.apply(row("Jean", "jean@tremblay.ca", "514 842-1234", 2).said());
        decide(row("Jean", "jean@tremblay.ca", "514 842-1234", 3));
        assertThat(asked).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_row_that_changes_a_held_record_is_kept_for_an_undo_without_asking_for_anything() {
        directory.apply(row("Jean", "jean@tremblay.ca", "514 842-1234", 2)
                .withId("1")
                .at(1)
                .said());
        directory.apply(People.start("j", ImportMode.UPSERT, "fair"));
        Decision decision = decide(People.named("Jean", "Tremblay")
                .email("jean@tremblay.ca")
                .phone("514 842-1234")
                .title("Owner")
                .from("csv")
                .withId("1")
                .at(2)
                .row("j", "4567", 2));
        assertThat(decision.changes())
                .extracting(change -> change.table().name())
                .contains("undo", "source-records");
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "directories", "import-progress", "source-records", "customers", "identifiers", "identifiers");
    }
}
