package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * One identifier that everybody has: what a row reads and writes stays what it was, for those who hold it and for all others. Counted
 * in values and bytes of state, so that it says the same on every computer.
 */
class PathologicalIdentifierTest {

    private static final int ROWS = 6_000;
    private static final int BLOCK = 1_000;

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private int next;

    @Test
    void an_email_of_people_with_different_names() {
        assertFlat(
                n -> People.named(word(n), word(n + 7)).email("everybody@x.ca").phone(number(n)));
    }

    @Test
    void a_phone_of_people_with_different_names_and_emails() {
        assertFlat(
                n -> People.named(word(n), word(n + 7)).email("e" + n + "@x.ca").phone("5145550001"));
    }

    @Test
    void an_email_of_one_name_with_ever_other_phones() {
        assertFlat(n -> People.named("Jean", "Tremblay").email("everybody@x.ca").phone(number(n)));
    }

    @Test
    void a_phone_that_nameless_rows_give() {
        assertFlat(n -> People.nameless().phone("5145550001").withId("till-" + n));
    }

    /** Blocks of rows that hold it; after each, a block of rows that have nothing to do with it. */
    private void assertFlat(IntFunction<People> pathological) {
        Cost others = cost(PathologicalIdentifierTest::ordinary);
        // One customer may hold 250 records and 50 customers one identifier: then there is nothing more to become.
        cost(pathological);
        Cost holders = cost(pathological);
        for (int done = 2 * BLOCK; done < ROWS; done += BLOCK) {
            assertNoDearer(cost(pathological), holders);
            assertNoDearer(cost(PathologicalIdentifierTest::ordinary), others);
        }
        assertThat(directory.largestValue()).isLessThan(32 * 1024);
    }

    /** The same up to ids that have become a digit longer. */
    private static void assertNoDearer(Cost later, Cost earlier) {
        assertThat(later.values).isLessThanOrEqualTo(earlier.values + earlier.values / 10);
        assertThat(later.bytes).isLessThanOrEqualTo(earlier.bytes + earlier.bytes / 10);
    }

    private record Cost(long values, long bytes) {}

    private Cost cost(IntFunction<People> rows) {
        long values = directory.valuesMoved();
        long bytes = directory.bytesMoved();
        for (int i = 0; i < BLOCK; i++) {
            directory.apply(rows.apply(next++).said());
            directory.forgetOutputs();
        }
        return new Cost(directory.valuesMoved() - values, directory.bytesMoved() - bytes);
    }

    private static People ordinary(int n) {
        return People.named(word(n), word(n + 7)).email("other" + n + "@x.ca").phone(number(5_000_000 + n));
    }

    private static String number(int n) {
        return Long.toString(5_140_000_000L + n);
    }

    /** Words that have nothing in common. */
    private static String word(int n) {
        var word = new StringBuilder();
        for (int rest = n * 7_919 % 11_881_376, i = 0; i < 5; i++, rest /= 26) {
            word.append((char) ('a' + rest % 26));
        }
        return word.toString();
    }
}
