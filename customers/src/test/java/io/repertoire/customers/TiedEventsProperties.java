package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.Customer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Events of one source record that are of one instant: which of them counts must not hang on when or how often they come. */
class TiedEventsProperties {

    private static final int EVENTS = 6;

    private static People event(Random random, int n) {
        People person = People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .withId("42")
                .recordId("e" + random.nextInt() + "-" + n);
        person.at(random.nextInt(4) == 0 ? 1 : 0);
        if (random.nextInt(4) > 0) {
            person.title(said(random));
        }
        if (random.nextInt(3) > 0) {
            person.notes(said(random));
        }
        if (random.nextBoolean()) {
            person.attribute("size", said(random));
        }
        if (random.nextBoolean()) {
            person.phone("514555000" + random.nextInt(4));
        }
        return person;
    }

    private static String said(Random random) {
        return random.nextInt(5) == 0 ? "\\N" : "value " + random.nextInt(4);
    }

    private static Map<String, Object> shown(List<People> events) {
        var directory = new InMemoryDirectory(new RuledDirectoryMachine(
                new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
        events.forEach(event -> directory.apply(event.said()));
        assertThat(directory.sourceRecords()).hasSize(1);
        Customer image = directory.images().values().iterator().next();
        var values = new TreeMap<String, Object>();
        values.put("title", String.valueOf(image.getJobTitle()));
        values.put("notes", String.valueOf(image.getNotes()));
        values.put("attributes", new TreeMap<>(image.getAttributes()));
        values.put(
                "phones",
                image.getPhones().stream()
                        .map(p -> p.getE164() + p.getPrimary())
                        .toList());
        return values;
    }

    /** Few things to say: what was said before is said again by other events. */
    private static People echo(Random random, int n) {
        String value = "value " + random.nextInt(2);
        return People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .withId("42")
                .recordId("e" + random.nextInt() + "-" + n)
                .title(value)
                .notes(value);
    }

    @Property(tries = 100)
    void of_events_that_repeat_each_other_at_one_instant_the_same_counts_in_any_order(@ForAll long seed) {
        var random = new Random(seed);
        var events = new ArrayList<People>();
        for (int n = 0; n < EVENTS; n++) {
            events.add(echo(random, n));
        }
        Map<String, Object> expected = shown(events);
        for (int i = 0; i < 6; i++) {
            Collections.shuffle(events, random);
            assertThat(shown(events)).isEqualTo(expected);
        }
    }

    @Property(tries = 100)
    void events_of_one_instant_end_the_same_in_any_order_and_however_often_each_comes(@ForAll long seed) {
        var random = new Random(seed);
        var events = new ArrayList<People>();
        for (int n = 0; n < EVENTS; n++) {
            events.add(event(random, n));
        }
        Map<String, Object> expected = shown(events);
        for (int i = 0; i < 4; i++) {
            var again = new ArrayList<>(events);
            for (int twice = 0; twice < EVENTS / 2; twice++) {
                again.add(events.get(random.nextInt(EVENTS)));
            }
            Collections.shuffle(again, random);
            assertThat(shown(again)).isEqualTo(expected);
        }
        var replayed = new ArrayList<>(events);
        replayed.addAll(events.subList(0, EVENTS / 2));
        assertThat(shown(replayed)).isEqualTo(expected);
    }
}
