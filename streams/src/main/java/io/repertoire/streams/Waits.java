package io.repertoire.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the stage's threads are waiting for right now. Thread-safe. */
final class Waits {

    private final Map<Object, String> waits = new ConcurrentHashMap<>();

    /** @return what to {@link #end} */
    Object begin(String what) {
        var wait = new Object();
        waits.put(wait, what);
        return wait;
    }

    void end(Object wait) {
        waits.remove(wait);
    }

    /** One of them, or null. */
    @Nullable
    String any() {
        var all = waits.values().iterator();
        return all.hasNext() ? all.next() : null;
    }
}
