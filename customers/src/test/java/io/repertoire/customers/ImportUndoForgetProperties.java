package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.jspecify.annotations.Nullable;

/** What is kept so that an import can be undone is no place where an erased person lives on (P41). */
@AddLifecycleHook(Wash.class)
class ImportUndoForgetProperties {

    private static final int PEOPLE = 7;
    private static final String SHARED = "everybody@x.ca";

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, seed = "20261132")
    void p41_no_byte_of_an_erased_person_is_kept_to_undo_an_import(@ForAll long seed) {
        new Life(seed).live();
    }

    /** A directory of a few people who are told of, merged, taken apart and erased in any order. */
    private static final class Life {
        private final UndoneDirectory directory = new UndoneDirectory();
        private final Random random;
        private final List<Set<String>> said = new ArrayList<>();
        private int imports;

        /** Imports that have not ended, and the rows they have. */
        private final Map<String, Integer> running = new TreeMap<>();

        Life(long seed) {
            random = new Random(seed);
            for (int i = 0; i < PEOPLE; i++) {
                said.add(new TreeSet<>());
            }
        }

        void live() {
            for (int i = 0; i < 60; i++) {
                switch (random.nextInt(16)) {
                    case 0, 1, 2, 3 -> read();
                    case 12 -> begin();
                    case 13, 14 -> row();
                    case 15 -> {
                        end();
                        directory.pass(Duration.ofDays(random.nextInt(20)));
                    }
                    case 4, 5, 6 -> directory.say(somebody().submission());
                    case 7 ->
                        directory.give(CommandType.MERGE, c -> {
                            c.setCustomerId(anyone());
                            c.setOtherCustomerId(anyone());
                        });
                    case 8 -> directory.give(CommandType.UNMERGE, c -> c.setOtherCustomerId(anyone()));
                    case 9 ->
                        directory.give(CommandType.SPLIT, c -> {
                            SourceRecordState record = anyRecord();
                            c.setCustomerId(record == null ? "none" : record.getCustomerId());
                            c.getRecordIds().add(record == null ? "none" : record.getSourceKey());
                        });
                    case 10 -> erase();
                    default -> {
                        if (random.nextInt(4) == 0) {
                            directory.undo("i-" + imports);
                        }
                    }
                }
                if (random.nextInt(3) > 0) {
                    directory.runJobs();
                }
            }
            while (anyRecord() != null) {
                erase();
            }
        }

        private void read() {
            imports++;
            String id = "i-" + imports;
            directory.say(People.start(id, ImportMode.UPSERT, random.nextBoolean() ? "g" : null)
                    .value());
            int rows = 1 + random.nextInt(8);
            for (int i = 0; i < rows; i++) {
                directory.say(somebody().row(id, "sha-" + id, i + 2).submission());
            }
            directory.say(People.end(id, rows).value());
        }

        private void begin() {
            imports++;
            running.put("i-" + imports, 0);
            directory.say(People.start("i-" + imports, ImportMode.UPSERT, null).value());
        }

        /** Of any of those that run beside each other. */
        private void row() {
            for (String id : running.keySet()) {
                if (random.nextBoolean()) {
                    int line = running.merge(id, 1, Integer::sum) + 1;
                    directory.say(somebody().row(id, "sha-" + id, line).submission());
                }
            }
        }

        private void end() {
            List<String> ids = List.copyOf(running.keySet());
            if (!ids.isEmpty()) {
                String id = ids.get(random.nextInt(ids.size()));
                directory.say(People.end(id, running.remove(id)).value());
            }
        }

        /** One of a few people, each with a name, addresses and numbers of their own, which change all the time. */
        private People somebody() {
            int who = random.nextInt(PEOPLE);
            String version = String.format(Locale.ROOT, "%02d%d", random.nextInt(40), who);
            String family = "Family" + who + 'Q';
            String email = "mail" + version + "@x.ca";
            String phone = "5145550" + version;
            People person =
                    People.named("Jean", family).from("till").withId("" + who).at(random.nextInt(600));
            said.get(who).add(family);
            if (random.nextInt(3) > 0) {
                person.email(email);
                said.get(who).add(email);
            }
            if (random.nextInt(3) > 0) {
                person.phone(phone);
                said.get(who).add("+1" + phone);
                said.get(who).add(phone);
            }
            if (random.nextInt(4) == 0) {
                person.email(SHARED);
            }
            return person;
        }

        private @Nullable SourceRecordState anyRecord() {
            List<SourceRecordState> records = directory.directory.sourceRecords();
            return records.isEmpty() ? null : records.get(random.nextInt(records.size()));
        }

        private String anyone() {
            SourceRecordState record = anyRecord();
            return record == null ? "none" : record.getCustomerId();
        }

        private void erase() {
            SourceRecordState one = anyRecord();
            if (one == null) {
                return;
            }
            var words = new TreeSet<String>();
            for (SourceRecordState record : directory.directory.sourceRecords()) {
                if (record.getCustomerId().equals(one.getCustomerId())) {
                    words.addAll(said.get(Integer.parseInt(record.getSourceCustomerId())));
                }
            }
            directory.give(CommandType.ERASE, c -> c.setCustomerId(one.getCustomerId()));
            directory.runJobs();
            Map<String, String> undo = directory.directory.snapshot().getOrDefault("undo", Map.of());
            for (String word : words) {
                assertThat(undo.keySet()).noneMatch(key -> key.contains(word));
                assertThat(undo.values()).as("%s is kept", word).noneMatch(value -> value.contains(word));
            }
        }
    }
}
