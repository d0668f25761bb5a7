package io.repertoire.customers.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all sources say of one kind of contact point, each value once, and which of them is primary: the most recent of the best
 * rank. Primary first, the others by key; at most {@value #MAX}, the latest.
 *
 * @param <T> the kind, as sources hold it
 */
final class Election<T> {

    static final int MAX = 100;

    /** So few sources are searched faster one by one. */
    private static final int FEW_SOURCES = 4;

    private static final Comparator<Elected<?>> MOST_RECENT_FIRST =
            Comparator.<Elected<?>>comparingLong(e -> -e.last).thenComparing(e -> e.key);
    private static final Comparator<Elected<?>> PRIMARY_FIRST = Comparator.comparing(e -> !e.primary);

    interface KeyOf<T> {
        /** Values with the same key are one contact point; {@code null}: it is none. */
        @Nullable
        String key(T value);
    }

    interface RankOf<T> {
        /** The lower the better. */
        int rank(T value);
    }

    private final Sources sources;
    private final ContentField field;
    private final List<Elected<T>> found = new ArrayList<>(2);
    private final @Nullable Map<String, Elected<T>> byKey;

    private Election(Sources sources, ContentField field) {
        this.sources = sources;
        this.field = field;
        this.byKey = sources.size() > FEW_SOURCES ? new HashMap<>() : null;
    }

    /**
     * @param hasLabel what says how it is called, and
     * @param hasKind what says of which kind it is: a source that does not say so takes nothing back
     */
    static <T> List<Elected<T>> of(
            Sources sources,
            ContentField field,
            KeyOf<T> keyOf,
            RankOf<T> rankOf,
            Predicate<T> hasLabel,
            Predicate<T> hasKind) {
        var election = new Election<T>(sources, field);
        election.hear(keyOf, hasLabel, hasKind);
        election.electPrimary(rankOf);
        return election.inOrder();
    }

    private void hear(KeyOf<T> keyOf, Predicate<T> hasLabel, Predicate<T> hasKind) {
        for (int s = 0; s < sources.size(); s++) {
            @SuppressWarnings("unchecked")
            List<T> values = (List<T>) field.get(sources.content(s));
            if (values == null) {
                continue;
            }
            long at = sources.time(s, field.name()).getAt();
            for (int position = 0; position < values.size(); position++) {
                T value = values.get(position);
                String key = keyOf.key(value);
                if (key == null) {
                    continue;
                }
                Elected<T> held = hear(key, value, s, position, at);
                if (hasLabel.test(value)) {
                    held.label(value, s, field);
                }
                if (hasKind.test(value)) {
                    held.kind(value, s, field);
                }
            }
        }
    }

    private Elected<T> hear(String key, T value, int source, int position, long at) {
        Elected<T> held = byKey == null ? find(key) : byKey.get(key);
        if (held != null) {
            held.again(value, source, position, at, field);
            return held;
        }
        var first = new Elected<>(key, value, source, position, at, sources);
        found.add(first);
        if (byKey != null) {
            byKey.put(key, first);
        }
        return first;
    }

    private @Nullable Elected<T> find(String key) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).key.equals(key)) {
                return found.get(i);
            }
        }
        return null;
    }

    private void electPrimary(RankOf<T> rankOf) {
        Elected<T> primary = null;
        for (int i = 0; i < found.size(); i++) {
            Elected<T> e = found.get(i);
            e.rank = rankOf.rank(e.value);
            if (primary == null || goesFirst(e, primary)) {
                primary = e;
            }
        }
        if (primary != null) {
            primary.primary = true;
        }
    }

    private boolean goesFirst(Elected<?> a, Elected<?> b) {
        if (a.rank != b.rank) {
            return a.rank < b.rank;
        }
        boolean locked = sources.isLocked(a.index, field.name());
        if (locked != sources.isLocked(b.index, field.name())) {
            return locked;
        }
        if (locked && a.index != b.index) {
            // Of two set by hand the later one, however lately a source said the other.
            return sources.beats(a.index, b.index, field.name());
        }
        int byRank = Integer.compare(sources.rank(a.index), sources.rank(b.index));
        if (byRank != 0) {
            return byRank < 0;
        }
        if (a.last != b.last) {
            return a.last > b.last;
        }
        if (a.position != b.position) {
            return a.position < b.position;
        }
        return a.index == b.index ? a.key.compareTo(b.key) < 0 : sources.beats(a.index, b.index, field.name());
    }

    private List<Elected<T>> inOrder() {
        if (found.size() > MAX) {
            found.sort(PRIMARY_FIRST.thenComparing(MOST_RECENT_FIRST));
            found.subList(MAX, found.size()).clear();
        }
        if (found.size() > 1) {
            found.sort(PRIMARY_FIRST.thenComparing(e -> e.key));
        }
        return found;
    }

    /** A contact point and its best source so far. */
    static final class Elected<T> {
        private final Sources sources;
        private final String key;
        private T value;
        private int index;
        private int position;
        private long first;
        private long last;
        /** As the source that said it first wrote it: saying the same again in other letters changes no image. */
        private T spelling;

        private int speller;
        private @Nullable T label;
        private int labeller;
        private @Nullable T kind;
        private int kinder;
        private int rank;
        private boolean primary;

        private Elected(String key, T value, int index, int position, long at, Sources sources) {
            this.sources = sources;
            this.key = key;
            this.value = value;
            this.index = index;
            this.position = position;
            this.first = at;
            this.last = at;
            this.spelling = value;
            this.speller = index;
        }

        private void again(T value, int index, int position, long at, ContentField field) {
            // Said at the same time, the source that wins for everything else wins here too.
            boolean sameTime = at == first && index != speller && sources.beats(index, speller, field.name());
            if (at < first || sameTime) {
                spelling = value;
                speller = index;
            }
            first = Math.min(first, at);
            last = Math.max(last, at);
            if (index != this.index && sources.beats(index, this.index, field.name())) {
                this.value = value;
                this.index = index;
                this.position = position;
            }
        }

        private void label(T said, int by, ContentField field) {
            if (label == null || (by != labeller && sources.beats(by, labeller, field.name()))) {
                label = said;
                labeller = by;
            }
        }

        private void kind(T said, int by, ContentField field) {
            if (kind == null || (by != kinder && sources.beats(by, kinder, field.name()))) {
                kind = said;
                kinder = by;
            }
        }

        /** As its best source describes it. */
        T value() {
            return value;
        }

        T spelling() {
            return spelling;
        }

        /** The best that has a label; any if none does. */
        T labelled() {
            return label == null ? value : label;
        }

        /** The best that says of which kind it is; any if none does. */
        T kinded() {
            return kind == null ? value : kind;
        }

        boolean isPrimary() {
            return primary;
        }

        Instant firstSeen() {
            return Instant.ofEpochMilli(first);
        }

        Instant lastSeen() {
            return Instant.ofEpochMilli(last);
        }

        /** The source key of its best source. */
        String source() {
            return sources.get(index).getSourceKey();
        }
    }
}
