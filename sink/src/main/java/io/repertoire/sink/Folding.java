package io.repertoire.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pure: what of a run of records has to be written. */
final class Folding {

    private Folding() {}

    /**
     * How many of these records, from the first, make whole inputs: up to and including the last one flagged as its input's last; 0
     * if none is. Where compaction has removed a flagged record, its input ends at the next flag.
     */
    static int wholeInputs(List<InputRecord> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i).isLastOfInput()) {
                return i + 1;
            }
        }
        return 0;
    }

    /**
     * The last record of each key, sorted by key, each with those it replaced behind it. A key's records are in the order of their
     * partition, so the last one wins whatever it is: a deletion, or an image after a deletion. Records need a key.
     */
    static List<InputRecord> lastPerKey(List<InputRecord> records) {
        Map<String, InputRecord> last = new HashMap<>(records.size() * 2);
        for (InputRecord record : records) {
            last.merge(Objects.requireNonNull(record.key()), record, (older, newer) -> newer.replacing(older));
        }
        List<InputRecord> folded = new ArrayList<>(last.values());
        // One order for every sink: two transactions that touch the same rows
        // cannot lock them crosswise, and pages are met in turn.
        folded.sort(Comparator.comparing(r -> Objects.requireNonNull(r.key())));
        return folded;
    }
}
