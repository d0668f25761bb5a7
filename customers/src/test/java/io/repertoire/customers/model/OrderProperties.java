package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.People;
import io.repertoire.customers.PlainNormaliser;
import io.repertoire.customers.Wash;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Who is who is the same in every order here, because each person has an email of their own; then so is what they show. Versions of
 * one record say different things: one that says the same keeps the time at which it was heard first (DESIGN §8), which is a matter
 * of order.
 */
@AddLifecycleHook(Wash.class)
class OrderProperties {

    private static final int PEOPLE = 5;
    private static final int ROWS = 120;

    private static List<Said> rows(Random random) {
        var rows = new ArrayList<Said>();
        for (int n = 0; n < ROWS; n++) {
            int person = random.nextInt(PEOPLE);
            var fields = new TreeMap<String, String>();
            fields.put("email", "p" + person + "@x.ca");
            fields.put("given", random.nextBoolean() ? "Hélène" : "HELENE");
            fields.put("family", "Tremblay");
            if (random.nextInt(3) > 0) {
                fields.put("phone", String.valueOf(5_145_550_000L + n));
            }
            boolean versioned = random.nextBoolean();
            if (random.nextInt(3) > 0) {
                fields.put("title", versioned && random.nextInt(4) == 0 ? Said.CLEAR : "title " + n);
            }
            String id = versioned ? person + "-" + random.nextInt(3) : null;
            int day = random.nextInt(60);
            rows.add(
                    new Said("r" + n, "till", id, People.DAY.plusSeconds(day * 86_400L + (versioned ? n : 0)), fields));
        }
        return rows;
    }

    private static Map<String, Map<String, String>> shown(List<Said> rows, InMemoryDirectory machine) {
        rows.forEach(row -> machine.apply(row.submission()));
        var shown = new TreeMap<String, Map<String, String>>();
        for (Customer image : machine.images().values()) {
            List<Email> emails = image.getEmails();
            assertThat(shown.put(emails.get(0).getValue(), Agreement.shown(image)))
                    .as("one customer a person")
                    .isNull();
        }
        return shown;
    }

    private static InMemoryDirectory machine() {
        var policy = History.policy(Limits.none());
        return new InMemoryDirectory(DirectoryMachine.create(new PlainNormaliser(), id -> policy));
    }

    @Property(tries = 8, seed = "20261127")
    void any_order_duplication_and_interleaving_shows_the_same(@ForAll long seed) {
        var random = new Random(seed);
        List<Said> rows = rows(random);
        Map<String, Map<String, String>> expected = shown(rows, machine());
        for (int i = 0; i < 3; i++) {
            var again = new ArrayList<>(rows);
            for (int twice = 0; twice < ROWS / 4; twice++) {
                again.add(rows.get(random.nextInt(ROWS)));
            }
            Collections.shuffle(again, random);
            assertThat(shown(again, machine())).isEqualTo(expected);
        }
    }
}
