package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.customers.policy.Survivorship;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What must hold for any input; each failure prints its seed. */
@AddLifecycleHook(Wash.class)
class MachineProperties {

    private static final DirectoryPolicy POLICY =
            DirectoryPolicy.defaults().with(MatchPolicy.defaults().withMaxRecords(1_000));

    /** A try is a whole import; more of them find no more, and these have to stay fast tests. */
    private static final int TRIES = 12;

    /** Some sources are trusted more than others. */
    private static final DirectoryPolicy TRUSTING =
            POLICY.with(new Survivorship(Survivorship.Preset.MOST_RECENT, List.of("s7", "s3", "s10")));

    private static InMemoryDirectory directory() {
        return directory(POLICY);
    }

    private static InMemoryDirectory directory(DirectoryPolicy policy) {
        return new InMemoryDirectory(
                new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy));
    }

    private static final List<String> GIVEN = List.of("Jean", "Marie", "Luc", "J", "Sophie", "");
    private static final List<String> FAMILY = List.of("Tremblay", "Roy", "Gagnon", "T", "Trembley", "");

    /** Rows of few people with few contact points, so that everything collides. */
    private static List<People> crowd(Random random, int size) {
        var people = new ArrayList<People>();
        for (int i = 0; i < size; i++) {
            String given = GIVEN.get(random.nextInt(GIVEN.size()));
            String family = FAMILY.get(random.nextInt(FAMILY.size()));
            People person = given.isEmpty() && family.isEmpty() ? People.nameless() : People.named(given, family);
            if (random.nextInt(3) > 0) {
                person.email("e" + random.nextInt(6) + "@x.ca");
            }
            if (random.nextInt(2) > 0) {
                person.phone("514555000" + random.nextInt(6));
            }
            if (random.nextInt(4) == 0) {
                person.withId("" + random.nextInt(5));
            }
            if (random.nextInt(4) == 0) {
                person.externalId("square", "" + random.nextInt(5));
            }
            if (random.nextInt(5) == 0) {
                person.title("title " + random.nextInt(3));
            }
            people.add(person.at(random.nextInt(4)).from("csv"));
        }
        return people;
    }

    private static void importAll(InMemoryDirectory directory, String importId, List<People> people) {
        directory.apply(People.start(importId, ImportMode.UPSERT, null));
        for (int i = 0; i < people.size(); i++) {
            directory.apply(people.get(i).row(importId, "sha", i + 2L).said());
        }
        directory.apply(People.end(importId, people.size()));
    }

    @Property(tries = TRIES, seed = "20261128")
    void counts_balance_and_state_images_and_index_agree(@ForAll long seed) {
        var directory = directory();
        List<People> people = crowd(new Random(seed), 60);
        importAll(directory, "i1", people);

        List<ImportSummary> summaries = directory.sent(Topics.IMPORTS);
        OutcomeCounts c = summaries.get(summaries.size() - 1).getCounts();
        assertThat(c.getRead()).isEqualTo(people.size());
        assertThat(c.getCreated()
                        + c.getUpdated()
                        + c.getUnchanged()
                        + c.getMerged()
                        + c.getReview()
                        + c.getRejected()
                        + c.getSuppressed())
                .isEqualTo(c.getRead());
        assertThat(directory.sent(Topics.ROW_OUTCOMES)).hasSize(people.size());
        assertConsistent(directory);
    }

    /** Versions are given out once and in order, members and owners lead to each other, and the last image is what is held. */
    private static void assertConsistent(InMemoryDirectory directory) {
        long version = 0;
        for (Customer image : directory.sent(Topics.DIRECTORY)) {
            assertThat(image.getVersion()).isEqualTo(++version);
        }
        Map<String, Customer> images = directory.images();
        var live = new HashSet<String>();
        for (CustomerState state : directory.customers()) {
            assertThat(images.get(state.getCustomerId()).getVersion()).isEqualTo(state.getVersion());
            if (state.getMergedInto() == null) {
                live.add(state.getCustomerId());
                assertThat(images.get(state.getCustomerId()).getSourceRecordCount())
                        .isEqualTo(state.getMemberCount());
            }
        }
        Map<String, Integer> members = new HashMap<>();
        directory.sourceRecords().forEach(r -> members.merge(r.getCustomerId(), 1, Integer::sum));
        assertThat(members.keySet()).isEqualTo(live);
        for (CustomerState state : directory.customers()) {
            if (state.getMergedInto() == null) {
                assertThat(members.get(state.getCustomerId())).isEqualTo(state.getMemberCount());
            }
        }
        for (IdentifierState identifier : directory.all(StateTable.IDENTIFIERS)) {
            assertThat(identifier.getOwners().size()).isLessThanOrEqualTo(IdentifierIndex.MAX_OWNERS);
        }
    }

    @Property(tries = TRIES, seed = "20261129")
    void the_same_rows_again_are_unchanged_or_rejected_as_before(@ForAll long seed) {
        var directory = directory();
        importAll(directory, "i1", crowd(new Random(seed), 60));
        List<ImportSummary> before = directory.sent(Topics.IMPORTS);
        long rejected = before.get(before.size() - 1).getCounts().getRejected();
        directory.forgetOutputs();
        importAll(directory, "i2", crowd(new Random(seed), 60));
        List<ImportSummary> after = directory.sent(Topics.IMPORTS);
        OutcomeCounts c = after.get(after.size() - 1).getCounts();
        // Two versions of one id with different event times in one file: the older is late, and stays so.
        assertThat(c.getRejected()).isEqualTo(rejected);
        assertThat(c.getUnchanged() + c.getRejected()).isEqualTo(c.getRead());
        assertThat(directory.sent(Topics.DIRECTORY)).isEmpty();
        assertThat(directory.sent(Topics.REVIEWS)).isEmpty();
    }

    @Property(tries = TRIES, seed = "20261130")
    void a_replay_gives_the_same_ids_and_the_same_everything(@ForAll long seed) {
        var one = directory();
        var two = directory();
        importAll(one, "i1", crowd(new Random(seed), 50));
        importAll(two, "i1", crowd(new Random(seed), 50));
        assertThat(two.outputs()).isEqualTo(one.outputs());
    }

    /** One email, one name, so that identity is the same in every order: then the golden record is, too. */
    @Property(tries = TRIES, seed = "20261131")
    void any_order_and_duplication_gives_the_same_golden_record(@ForAll long seed) {
        var random = new Random(seed);
        var times = new ArrayList<Integer>();
        for (int i = 0; i < 40; i++) {
            times.add(i / 2);
        }
        Collections.shuffle(times, random);
        var recipes = new ArrayList<long[]>();
        for (int i = 0; i < 12; i++) {
            recipes.add(new long[] {random.nextLong(), times.get(i), i});
        }
        for (DirectoryPolicy policy : List.of(POLICY, TRUSTING)) {
            Map<String, Object> expected = golden(recipes, random, false, policy);
            for (int i = 0; i < 4; i++) {
                Collections.shuffle(recipes, random);
                assertThat(golden(recipes, random, true, policy)).isEqualTo(expected);
            }
        }
    }

    private static Map<String, Object> golden(
            List<long[]> recipes, Random random, boolean repeat, DirectoryPolicy policy) {
        var directory = directory(policy);
        for (long[] recipe : recipes) {
            directory.apply(version(recipe).said());
            if (repeat && random.nextBoolean()) {
                long[] again = recipes.get(random.nextInt(recipes.size()));
                directory.apply(version(again).said());
            }
        }
        assertThat(directory.customers()).hasSize(1);
        Customer image = directory.images().values().iterator().next();
        var values = new TreeMap<String, Object>();
        values.put("given", image.getGivenName());
        values.put("title", String.valueOf(image.getJobTitle()));
        values.put("notes", String.valueOf(image.getNotes()));
        values.put("phones", phones(image));
        values.put("addresses", image.getAddresses().toString());
        values.put(
                "groups",
                new TreeSet<>(image.getGroups().stream().map(g -> g.getName()).toList()));
        values.put("attributes", new TreeMap<>(image.getAttributes()));
        values.put("external", image.getExternalIds().toString());
        values.put("quality", image.getQuality().toString());
        return values;
    }

    private static List<String> phones(Customer image) {
        return image.getPhones().stream()
                .map(p -> p.getE164() + p.getPrimary() + p.getLastSeen() + p.getSourceRef())
                .toList();
    }

    /** One source record each, some of one system's ids; what each says is said only once. */
    private static People version(long[] recipe) {
        var random = new Random(recipe[0]);
        People person = People.named(random.nextBoolean() ? "Hélène" : "HELENE", "Tremblay")
                .email("h@x.ca")
                .from("s" + recipe[2])
                .recordId("r" + recipe[2])
                .at((int) recipe[1]);
        if (random.nextBoolean()) {
            person.phone("514555000" + random.nextInt(4));
        }
        if (random.nextBoolean()) {
            person.title("title " + random.nextInt(5));
        }
        if (random.nextInt(3) == 0) {
            person.notes("notes " + random.nextInt(5));
        }
        if (random.nextInt(3) == 0) {
            person.address(random.nextInt(3) + " rue A", "Laval", "H1H 1H1");
        }
        if (random.nextInt(3) == 0) {
            person.group("g" + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            person.attribute("a" + random.nextInt(3), "v" + random.nextInt(9));
        }
        if (random.nextBoolean()) {
            person.withId("id" + recipe[2]);
        }
        return person;
    }

    @Example
    void no_value_grows_with_the_members_of_a_customer() {
        var directory = directory();
        var random = new Random(7);
        int size = 2 * Members.PAGE + 10;
        for (int i = 0; i < size; i++) {
            directory.apply(People.named("Jean", "Tremblay")
                    .email("j@x.ca")
                    .attribute("n", Integer.toString(i))
                    .at(random.nextInt(100))
                    .said());
        }
        assertThat(directory.customers()).hasSize(1);
        CustomerState state = directory.customers().get(0);
        assertThat(state.getMemberCount()).isEqualTo(size);
        assertThat(state.getMembers()).hasSize(Members.PAGE);
        assertThat(state.getOverflowPages()).isEqualTo(2);
        assertThat(directory.largestValue()).isLessThan(16 * 1024);
        assertConsistent(directory);
    }
}
