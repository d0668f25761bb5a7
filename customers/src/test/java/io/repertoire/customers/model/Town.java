package io.repertoire.customers.model;

import io.repertoire.customers.People;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** People who shop, and how tills and files write them down: with typing errors, other people's numbers, late and again. */
final class Town {

    private static final List<List<String>> GIVEN = List.of(
            List.of("Jean", "JEAN", "JeaN", "J", "Jaen"),
            List.of("Hélène", "HELENE", "Helene", "HÉLÈNE", "H"),
            List.of("Marie", "marie", "M", "Mariee"),
            List.of("Luc", "LUC", "L"),
            List.of("Sophie", "Sofie", "S"),
            List.of("Zoé", "Zoe", "ZOE"));
    private static final List<List<String>> FAMILY = List.of(
            List.of("Tremblay", "Trembley", "TREMBLAY", "T"),
            List.of("Roy", "ROY", "R"),
            List.of("Gagnon", "gagnon", "G"),
            List.of("Côté", "Cote", "COTE"),
            List.of("Bouchard", "Bouchar"),
            List.of("Nguyen", "NGUYEN", "N"));
    private static final List<String> SYSTEMS = List.of("till", "square", "web");

    private record Person(int given, int family, int number) {}

    private final Random random;
    private final List<Person> people = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private Instant now = People.RECEIVED;

    Town(Random random, int size) {
        this.random = random;
        for (int i = 0; i < size; i++) {
            people.add(new Person(random.nextInt(GIVEN.size()), random.nextInt(FAMILY.size()), i));
        }
    }

    /** @param at when it arrives: what it says happened then, or lately, or long ago */
    Said next(int step, Instant at) {
        now = at;
        String recordId = "r" + step;
        if (!said.isEmpty() && random.nextInt(8) == 0) {
            // The same once more, or said again at another time.
            Said old = said.get(random.nextInt(said.size()));
            if (random.nextBoolean()) {
                return keep(old);
            }
            return keep(new Said(recordId, old.system(), old.id(), time(step, old.id() != null), old.fields()));
        }
        Person person = anyone();
        String id = random.nextInt(4) == 0 ? "" + (random.nextInt(20) == 0 ? anyone() : person).number() : null;
        var fields = new TreeMap<String, String>();
        name(person, fields);
        contacts(person, fields);
        if (random.nextInt(8) == 0) {
            fields.put("square", "" + person.number());
        }
        if (random.nextInt(8) == 0) {
            fields.put("card", "card-" + (random.nextInt(15) == 0 ? anyone() : person).number());
        }
        if (random.nextInt(4) == 0) {
            fields.put("title", "title " + random.nextInt(3));
        }
        if (random.nextInt(8) == 0) {
            fields.put("points", "" + random.nextInt(50));
        }
        if (random.nextInt(10) == 0) {
            fields.put("group", "g" + random.nextInt(3));
        }
        if (id != null && random.nextInt(8) == 0) {
            fields.put(random.nextBoolean() ? "title" : "email", Said.CLEAR);
        }
        return keep(
                new Said(recordId, SYSTEMS.get(random.nextInt(SYSTEMS.size())), id, time(step, id != null), fields));
    }

    /** The same as the next row of a long file, or a row that it had before. */
    Said nextOf(String file, int line, Instant at) {
        Said next = next(line, at);
        if (next.place() != null) {
            return next;
        }
        Said row = next.readFrom(file, line, next.at());
        said.set(said.size() - 1, row);
        return row;
    }

    /** What somebody at a counter or in the back office would type of a person: a field or two. */
    Map<String, String> correction() {
        Person person = anyone();
        var fields = new TreeMap<String, String>();
        switch (random.nextInt(6)) {
            case 0 -> fields.put("title", random.nextInt(3) == 0 ? Said.CLEAR : "title " + random.nextInt(3));
            case 1 -> contacts(person, fields);
            case 2 -> name(person, fields);
            default -> {
                name(person, fields);
                contacts(person, fields);
            }
        }
        return fields;
    }

    /** A system's id of somebody, told of or not. */
    String anyId() {
        return String.valueOf(anyone().number());
    }

    private Person anyone() {
        return people.get(random.nextInt(people.size()));
    }

    private void name(Person person, Map<String, String> fields) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return;
        }
        if (kind == 1) {
            fields.put("company", person.number() % 2 == 0 ? "Acme" : "Zeppelin");
            return;
        }
        if (kind != 2) {
            fields.put("given", one(GIVEN.get(person.given())));
        }
        if (kind != 3) {
            fields.put("family", one(FAMILY.get(person.family())));
        }
    }

    private void contacts(Person person, Map<String, String> fields) {
        int email = random.nextInt(20);
        if (email < 11) {
            fields.put("email", "e" + person.number() + (random.nextInt(4) == 0 ? "b" : "") + "@x.ca");
        } else if (email == 11) {
            fields.put("email", "e" + anyone().number() + "@x.ca");
        } else if (email == 12) {
            fields.put("email", random.nextBoolean() ? "info@x.ca" : "noemail@x.ca");
        }
        int phone = random.nextInt(20);
        if (phone < 11) {
            fields.put(
                    "phone", String.valueOf(5_145_550_000L + person.number() + (random.nextInt(4) == 0 ? 5_000 : 0)));
        } else if (phone == 11) {
            fields.put("phone", String.valueOf(5_145_550_000L + anyone().number()));
        } else if (phone == 12) {
            fields.put("phone", random.nextBoolean() ? "1111111111" : "8005550001");
        }
    }

    private String one(List<String> spellings) {
        return spellings.get(random.nextInt(3) > 0 ? 0 : random.nextInt(spellings.size()));
    }

    /** @param unique no two versions of one record at one time: which is the later would be anyone's guess */
    private Instant time(int step, boolean unique) {
        int minutes = random.nextBoolean() ? random.nextInt(90) * 24 * 60 : random.nextInt(step + 1);
        return now.minusSeconds(60L * (minutes + 1)).plusMillis(unique ? step : 0);
    }

    private Said keep(Said next) {
        said.add(next);
        return next;
    }
}
