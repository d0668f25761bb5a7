package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class FoldingTest {

    private static InputRecord record(String key, long offset, String last) {
        RecordHeaders headers = new RecordHeaders();
        if (!last.isEmpty()) {
            io.repertoire.schemas.RecordHeaders.put(headers, io.repertoire.schemas.RecordHeaders.LAST_OF_INPUT, last);
        }
        return Records.raw("t", key, new byte[] {1}, offset, headers);
    }

    @Test
    void a_batch_ends_at_the_last_record_flagged_as_the_end_of_its_input() {
        assertThat(Folding.wholeInputs(
                        List.of(record("d/a", 0, "true"), record("d/b", 1, "true"), record("d/c", 2, "false"))))
                .isEqualTo(2);
    }

    @Test
    void half_a_merge_is_never_a_batch() {
        assertThat(Folding.wholeInputs(List.of(record("d/a", 0, "false"), record("d/b", 1, ""))))
                .isZero();
        assertThat(Folding.wholeInputs(List.of())).isZero();
    }

    @Test
    void where_compaction_removed_the_flagged_record_the_batch_ends_at_the_next_flag() {
        assertThat(Folding.wholeInputs(
                        List.of(record("d/a", 0, "false"), record("d/c", 5, "false"), record("d/d", 6, "true"))))
                .isEqualTo(3);
    }

    @Test
    void the_last_record_of_each_key_stays_and_keys_are_sorted() {
        var folded = Folding.lastPerKey(
                List.of(record("d/b", 0, ""), record("d/a", 1, ""), record("d/b", 2, ""), record("d/b", 3, "")));
        assertThat(folded).extracting(InputRecord::key).containsExactly("d/a", "d/b");
        assertThat(folded).extracting(r -> r.raw().offset()).containsExactly(1L, 3L);
    }

    @Test
    void replaced_records_stay_within_reach_newest_first() {
        var folded = Folding.lastPerKey(List.of(record("d/b", 0, ""), record("d/b", 2, ""), record("d/b", 3, "")));
        var offsets = new ArrayList<Long>();
        for (InputRecord at = folded.get(0); at != null; at = at.previous()) {
            offsets.add(at.raw().offset());
        }
        assertThat(offsets).containsExactly(3L, 2L, 0L);
    }

    @Test
    void the_version_header_is_read_and_nonsense_in_it_is_none() {
        assertThat(Records.versioned(record("d/a", 0, ""), 4711, true).version())
                .isEqualTo(4711);
        InputRecord odd = record("d/a", 0, "");
        assertThat(odd.version()).isEqualTo(-1);
        io.repertoire.schemas.RecordHeaders.put(
                odd.raw().headers(), io.repertoire.schemas.RecordHeaders.VERSION, "12x");
        assertThat(odd.version()).isEqualTo(-1);
    }
}
