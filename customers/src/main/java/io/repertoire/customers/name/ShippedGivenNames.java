package io.repertoire.customers.name;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lists in this jar: given names, French and English, with the spellings of each, and the short forms people go by. A name is
 * known by the numbers of the names it may stand for: two tokens that share one are forms of one name, two that are both known
 * and share none are two names. Immutable.
 */
final class ShippedGivenNames implements GivenNames {

    private static final String NAMES = "given-names.txt";
    private static final String NICKNAMES = "nicknames.txt";
    private static final int[] NO_OTHERS = {};

    /** Each spelling's own number. */
    private final Map<String, Integer> numbers = new HashMap<>(16_384);
    /** What each number may stand for besides itself. */
    private final Map<Integer, int[]> meanings = new HashMap<>();

    private ShippedGivenNames(boolean nicknames) {
        lines(NAMES, this::addNames);
        if (nicknames) {
            lines(NICKNAMES, this::addNickname);
        }
    }

    static GivenNames with(boolean nicknames) {
        return new ShippedGivenNames(nicknames);
    }

    private void addNames(String line) {
        for (String entry : line.split(" ", -1)) {
            Integer number = numbers.size();
            for (String spelling : entry.split("=", -1)) {
                if (numbers.put(spelling, number) != null) {
                    throw new IllegalStateException(NAMES + " has a name twice: " + spelling);
                }
            }
        }
    }

    private void addNickname(String line) {
        String[] words = line.split(" ", -1);
        Integer own = numbers.computeIfAbsent(words[0], name -> -numbers.size());
        int[] meant = new int[words.length - 1];
        for (int i = 1; i < words.length; i++) {
            Integer name = numbers.get(words[i]);
            if (name == null) {
                throw new IllegalStateException(NICKNAMES + " speaks of an unknown name: " + words[i]);
            }
            meant[i - 1] = name;
        }
        if (meanings.put(own, meant) != null) {
            throw new IllegalStateException(NICKNAMES + " has a form twice: " + words[0]);
        }
    }

    @Override
    public boolean formsOfOneName(String a, String b) {
        Integer x = numbers.get(a);
        Integer y = x == null ? null : numbers.get(b);
        return x != null && y != null && share(x, y);
    }

    @Override
    public boolean differentNames(String a, String b) {
        Integer x = numbers.get(a);
        Integer y = x == null ? null : numbers.get(b);
        return x != null && y != null && !share(x, y);
    }

    private boolean share(int x, int y) {
        if (x == y) {
            return true;
        }
        int[] others = meanings.getOrDefault(x, NO_OTHERS);
        int[] more = meanings.getOrDefault(y, NO_OTHERS);
        if (holds(others, y) || holds(more, x)) {
            return true;
        }
        for (int other : others) {
            if (holds(more, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }

    private static void lines(String resource, Consumer<String> each) {
        try (InputStream in = ShippedGivenNames.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    each.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
