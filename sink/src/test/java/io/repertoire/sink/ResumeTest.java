package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResumeTest {

    @Test
    void reading_goes_on_after_the_offset_in_the_tables() {
        assertThat(Resume.decide(41, 0, 100, true)).isEqualTo(new Resume.At(42));
        assertThat(Resume.decide(41, 42, 42, false)).isEqualTo(new Resume.At(42));
        assertThat(Resume.decide(-1, 0, 0, false)).isEqualTo(new Resume.At(0));
    }

    @Test
    void a_topic_that_deletes_goes_on_after_the_gap_and_counts_it() {
        assertThat(Resume.decide(41, 50, 100, false)).isEqualTo(new Resume.AfterGap(50, 8));
        assertThat(Resume.decide(-1, 50, 100, false)).isEqualTo(new Resume.AfterGap(50, 50));
        assertThat(new Resume.AfterGap(50, 50).fromTheStart()).isTrue();
        assertThat(new Resume.AfterGap(50, 8).fromTheStart()).isFalse();
    }

    @Test
    void a_compacted_topic_with_a_gap_needs_a_rebuild() {
        assertThat(Resume.decide(41, 50, 100, true)).isInstanceOf(Resume.NeedsRebuild.class);
    }

    @Test
    void a_compacted_topic_never_read_is_whole_wherever_it_starts() {
        assertThat(Resume.decide(-1, 50, 100, true)).isEqualTo(new Resume.At(50));
    }

    @Test
    void an_offset_past_the_end_needs_a_rebuild_whatever_the_topic() {
        assertThat(Resume.decide(100, 0, 100, true)).isInstanceOf(Resume.NeedsRebuild.class);
        assertThat(Resume.decide(100, 0, 50, false)).isInstanceOf(Resume.NeedsRebuild.class);
    }
}
