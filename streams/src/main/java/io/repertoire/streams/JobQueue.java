package io.repertoire.streams;

import io.repertoire.customers.StateChange;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The long jobs of one task that are not over: found in the store at start, then kept up with what is put there. Not thread-safe. */
final class JobQueue {

    /** How often jobs go on. */
    static final Duration PAUSE = Duration.ofMillis(100);

    /** For how long each time, at most about: the rest is for records. */
    static final Duration WORK = Duration.ofMillis(60);

    record Job(String directoryId, String jobId) {
        private static Job of(String key) {
            int slash = key.indexOf('/');
            return new Job(key.substring(0, slash), key.substring(slash + 1));
        }
    }

    private final Set<Job> waiting = new LinkedHashSet<>();

    void found(List<String> keys) {
        for (var key : keys) {
            waiting.add(Job.of(key));
        }
    }

    /** @param jobs what was put into the table of jobs */
    void changed(List<StateChange<?>> jobs) {
        for (var change : jobs) {
            var job = Job.of(change.key());
            waiting.remove(job);
            if (change.value() != null) {
                waiting.add(job);
            }
        }
    }

    void clear() {
        waiting.clear();
    }

    void drop(Job job) {
        waiting.remove(job);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The one whose turn it is: it stays until it is put again, which moves it to the end, or deleted. */
    Job next() {
        return waiting.iterator().next();
    }
}
