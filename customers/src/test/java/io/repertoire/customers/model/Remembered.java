package io.repertoire.customers.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the model knows at one moment, to be put back: into the same objects, so that whoever speaks of one goes on doing so. */
final class Remembered {

    private final List<Runnable> back = new ArrayList<>();

    private Remembered() {}

    static Remembered of(SlowDirectory directory) {
        var remembered = new Remembered();
        directory.remember(remembered);
        return remembered;
    }

    <T> void keep(Collection<T> values) {
        List<T> copy = new ArrayList<>(values);
        back.add(() -> {
            values.clear();
            values.addAll(copy);
        });
    }

    <K, V> void keep(Map<K, V> values) {
        Map<K, V> copy = new HashMap<>(values);
        back.add(() -> {
            values.clear();
            values.putAll(copy);
        });
    }

    void keep(Runnable putsBack) {
        back.add(putsBack);
    }

    void putBack() {
        back.forEach(Runnable::run);
    }
}
