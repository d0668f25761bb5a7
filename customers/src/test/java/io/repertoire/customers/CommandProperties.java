package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.golden.Fingerprint;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Random histories of rows and commands; each failure prints its seed. */
@AddLifecycleHook(Wash.class)
class CommandProperties {

    private static final int TRIES = 10;

    private static final List<String> GIVEN = List.of("Jean", "Marie", "Luc", "J", "");
    private static final List<String> FAMILY = List.of("Tremblay", "Roy", "T", "");

    private static People person(Random random, int n) {
        String given = GIVEN.get(random.nextInt(GIVEN.size()));
        String family = FAMILY.get(random.nextInt(FAMILY.size()));
        People person = given.isEmpty() && family.isEmpty() ? People.nameless() : People.named(given, family);
        if (random.nextInt(3) > 0) {
            person.email("e" + random.nextInt(8) + "@x.ca");
        }
        if (random.nextInt(2) > 0) {
            person.phone("514555000" + random.nextInt(8));
        }
        if (random.nextInt(3) == 0) {
            person.withId("" + random.nextInt(12));
        }
        if (random.nextInt(4) == 0) {
            person.title("title " + random.nextInt(3));
        }
        return person.at(random.nextInt(20)).recordId("r" + n);
    }

    /** A directory and what was done to it. */
    private static final class History {
        private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
                new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
        private final Commands commands = new Commands(directory);

        private String anyCustomer(Random random) {
            List<CustomerState> all = directory.customers();
            CustomerState one = all.get(random.nextInt(all.size()));
            return random.nextBoolean() ? one.getCustomerId() : one.getCode();
        }

        private void runJobs() {
            while (!directory.all(StateTable.JOBS).isEmpty()) {
                JobState job = directory.all(StateTable.JOBS).get(0);
                directory.apply(new Input.Continue(People.DIRECTORY, job.getJobId(), commands.now()));
            }
        }

        private void anyCommand(Random random) {
            String one = anyCustomer(random);
            switch (random.nextInt(12)) {
                case 0, 1 -> commands.give(CommandType.MERGE, one, anyCustomer(random));
                case 2, 3 -> commands.give(CommandType.UNMERGE, null, anyCustomer(random));
                case 4 -> split(random, one);
                case 5 -> commands.give(CommandType.DISTINCT, one, anyCustomer(random));
                case 6 -> commands.give(random.nextBoolean() ? CommandType.ARCHIVE : CommandType.UNARCHIVE, one);
                case 7 -> answer(random, CommandType.REVIEW_IGNORE);
                case 8 -> answer(random, CommandType.REVIEW_MERGE);
                case 9 -> {
                    commands.give(CommandType.REVIEW_MERGE_ALL, null);
                    runJobs();
                }
                case 10 ->
                    commands.values(
                            CommandType.EDIT,
                            one,
                            People.nameless()
                                    .title("set " + random.nextInt(3))
                                    .email("e" + random.nextInt(8) + "@x.ca"));
                default -> {
                    commands.points(one, random.nextInt(5) - 1);
                    commands.group(
                            random.nextBoolean() ? CommandType.GROUP_ADD : CommandType.GROUP_REMOVE,
                            one,
                            "g" + random.nextInt(2));
                }
            }
        }

        private void split(Random random, String customer) {
            List<SourceRecordState> records = directory.sourceRecords();
            commands.split(customer, records.get(random.nextInt(records.size())).getSourceKey());
            // Most such records are another customer's; this one is not.
            SourceRecordState record = records.get(random.nextInt(records.size()));
            commands.split(record.getCustomerId(), record.getSourceKey());
        }

        private void answer(Random random, CommandType type) {
            List<Review> reviews = directory.all(StateTable.REVIEWS);
            if (!reviews.isEmpty()) {
                commands.review(
                        type, reviews.get(random.nextInt(reviews.size())).getReviewId());
            }
        }

        private History history(Random random, int steps) {
            for (int i = 0; i < steps; i++) {
                step(random, i);
            }
            return this;
        }

        private void step(Random random, int i) {
            if (i < 8 || random.nextInt(3) > 0) {
                directory.apply(person(random, i).said());
            } else {
                anyCommand(random);
            }
        }
    }

    @Property(tries = TRIES, seed = "20261133")
    void no_sequence_of_commands_loses_a_source_record(@ForAll long seed) {
        var random = new Random(seed);
        var history = new History();
        InMemoryDirectory directory = history.directory;
        Set<String> ever = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            history.step(random, i);
            if (i % 8 != 0) {
                continue;
            }
            Set<String> now = new HashSet<>();
            directory.sourceRecords().forEach(r -> now.add(r.getSourceKey()));
            assertThat(now).containsAll(ever);
            ever = now;
        }
        assertConsistent(directory);
    }

    /** Every record is held by exactly one live customer, which lists it; ids merged away lead there; images say so. */
    static void assertConsistent(InMemoryDirectory directory) {
        Map<String, String> holder = new HashMap<>();
        Map<String, CustomerState> byId = new TreeMap<>();
        for (CustomerState state : directory.customers()) {
            byId.put(state.getCustomerId(), state);
        }
        Map<String, Customer> images = directory.images();
        for (CustomerState state : byId.values()) {
            Customer image = images.get(state.getCustomerId());
            assertThat(image.getVersion()).isEqualTo(state.getVersion());
            assertThat(image.getStatus()).isEqualTo(state.getStatus());
            assertThat(state.getStatus() == CustomerStatus.MERGED).isEqualTo(state.getMergedInto() != null);
            if (state.getMergedInto() != null) {
                continue;
            }
            assertThat(image.getSourceRecordCount()).isEqualTo(state.getMemberCount());
            var tags = new HashSet<String>();
            for (String key : state.getMembers()) {
                assertThat(holder.put(key, state.getCustomerId())).isNull();
            }
            for (SourceRecordState record : directory.sourceRecords()) {
                if (record.getCustomerId().equals(state.getCustomerId())) {
                    tags.addAll(record.getDistinct());
                }
            }
            if (state.getMemberCount() > 0) {
                assertThat(state.getDistinct()).containsExactlyInAnyOrderElementsOf(tags);
            }
            for (String merged : state.getMergedIds()) {
                CustomerState step = byId.get(merged);
                while (step.getMergedInto() != null) {
                    step = byId.get(step.getMergedInto());
                }
                assertThat(step.getCustomerId()).isEqualTo(state.getCustomerId());
            }
        }
        for (SourceRecordState record : directory.sourceRecords()) {
            assertThat(holder.remove(record.getSourceKey())).isEqualTo(record.getCustomerId());
        }
        assertThat(holder).isEmpty();
        for (CustomerState state : byId.values()) {
            CustomerState root = state;
            while (root.getMergedInto() != null) {
                root = byId.get(root.getMergedInto());
            }
            if (!root.getCustomerId().equals(state.getCustomerId())) {
                assertThat(root.getMergedIds()).contains(state.getCustomerId());
            }
        }
    }

    @Property(tries = TRIES, seed = "20261134")
    void merge_then_unmerge_gives_back_the_images_of_both(@ForAll long seed) {
        var random = new Random(seed);
        History history = new History().history(random, 120);
        InMemoryDirectory directory = history.directory;
        Commands commands = history.commands;
        for (int i = 0; i < 10; i++) {
            List<CustomerState> live = new ArrayList<>(directory.customers());
            // One without records absorbs all that it then has, and cannot give all of it back (NOTHING_LEFT).
            live.removeIf(c -> c.getStatus() == CustomerStatus.MERGED || c.getMemberCount() == 0);
            String a = live.get(random.nextInt(live.size())).getCustomerId();
            String b = live.get(random.nextInt(live.size())).getCustomerId();
            Map<String, Customer> before = directory.images();
            CommandResult merged = commands.give(CommandType.MERGE, a, b);
            if (merged.getStatus() != CommandStatus.DONE) {
                continue;
            }
            assertThat(commands.give(CommandType.UNMERGE, null, b).getStatus()).isEqualTo(CommandStatus.DONE);
            Map<String, Customer> after = directory.images();
            for (Map.Entry<String, Customer> e : before.entrySet()) {
                assertThat(said(after.get(e.getKey()))).isEqualTo(said(e.getValue()));
            }
        }
        assertConsistent(directory);
    }

    /** All that an image says but for times: what was said again later has changed nothing that would be sent. */
    private static List<Object> said(Customer image) {
        var keys = new TreeSet<String>();
        image.getSourceRecords().forEach(r -> keys.add(r.getSourceKey() + r.getRule() + r.getRole()));
        return List.of(Fingerprint.of(image), keys, image.getSourceRecordCount());
    }

    @Property(tries = TRIES, seed = "20261135")
    void a_replay_of_rows_and_commands_gives_the_same_everything(@ForAll long seed) {
        History one = new History().history(new Random(seed), 150);
        History two = new History().history(new Random(seed), 150);
        assertThat(two.directory.outputs()).isEqualTo(one.directory.outputs());
        assertThat(one.directory.sent(Topics.COMMAND_RESULTS)).isNotEmpty();
    }

    @Property(tries = TRIES, seed = "20261136")
    void what_a_person_called_different_no_row_ever_makes_one(@ForAll long seed) {
        var random = new Random(seed);
        History history = new History().history(random, 60);
        InMemoryDirectory directory = history.directory;
        List<CustomerState> live = new ArrayList<>(directory.customers());
        live.removeIf(c -> c.getStatus() != CustomerStatus.ACTIVE);
        if (live.size() < 2) {
            return;
        }
        CustomerState a = live.get(random.nextInt(live.size()));
        CustomerState b = live.get(random.nextInt(live.size()));
        history.commands.give(CommandType.DISTINCT, a.getCustomerId(), b.getCustomerId());
        if (a.getCustomerId().equals(b.getCustomerId())) {
            return;
        }
        Set<String> ofA = new HashSet<>(a.getMembers());
        Set<String> ofB = new HashSet<>(b.getMembers());
        for (int i = 0; i < 150; i++) {
            directory.apply(person(random, 1_000 + i).said());
        }
        Map<String, String> owner = new HashMap<>();
        directory.sourceRecords().forEach(r -> owner.put(r.getSourceKey(), r.getCustomerId()));
        for (String one : ofA) {
            for (String other : ofB) {
                assertThat(owner.get(one)).isNotEqualTo(owner.get(other));
            }
        }
    }
}
