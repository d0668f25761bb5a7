package io.repertoire.customers.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's name made ready for comparison: fold once, compare often. Either part may be empty, which is a missing part.
 *
 * @param given folded tokens of the given name
 * @param family folded tokens of the family name
 */
public record FoldedName(List<String> given, List<String> family) {

    /** No name at all. */
    public static final FoldedName NONE = new FoldedName(List.of(), List.of());

    private static final Set<String> PARTICLES = Set.of(
            "de", "du", "des", "d", "la", "le", "les", "l", "da", "das", "dos", "di", "del", "della", "van", "von",
            "der", "den", "ter", "ten", "zu", "st", "ste", "saint", "sainte", "mac", "mc", "o", "al", "el", "ben",
            "bin", "ibn", "abd", "abou", "do", "e", "y");

    public FoldedName {
        given = List.copyOf(given);
        family = List.copyOf(family);
    }

    public static FoldedName of(@Nullable String given, @Nullable String family) {
        return of(given, family, null);
    }

    /**
     * @param display the whole name, read only where neither part is given: {@code Last, First}, or else the last word and the
     *     particles before it are the family name. A single word may be either, and is kept as a family name: comparison tries
     *     both parts crosswise anyhow.
     */
    public static FoldedName of(@Nullable String given, @Nullable String family, @Nullable String display) {
        List<String> g = NameFolding.tokens(given);
        List<String> f = NameFolding.tokens(family);
        if (!g.isEmpty() || !f.isEmpty()) {
            return new FoldedName(g, f);
        }
        return display == null ? NONE : ofDisplayName(display);
    }

    /** A word of a family name that many have: de, van, saint. */
    static boolean isParticle(String token) {
        return PARTICLES.contains(token);
    }

    public boolean isEmpty() {
        return given.isEmpty() && family.isEmpty();
    }

    private static FoldedName ofDisplayName(String display) {
        int comma = display.indexOf(',');
        if (comma >= 0) {
            List<String> last = NameFolding.tokens(display.substring(0, comma));
            List<String> first = NameFolding.tokens(display.substring(comma + 1));
            if (!last.isEmpty() && !first.isEmpty()) {
                return new FoldedName(first, last);
            }
        }
        List<String> words = NameFolding.tokens(display);
        if (words.isEmpty()) {
            return NONE;
        }
        int split = words.size() - 1;
        while (split > 1 && PARTICLES.contains(words.get(split - 1))) {
            split--;
        }
        return new FoldedName(
                new ArrayList<>(words.subList(0, split)), new ArrayList<>(words.subList(split, words.size())));
    }

    /** Never the name itself: a person's name does not belong in a log. */
    @Override
    public String toString() {
        return "FoldedName[" + given.size() + "+" + family.size() + " tokens]";
    }
}
