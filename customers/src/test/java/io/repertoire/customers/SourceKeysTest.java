package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SourceKeysTest {

    @Test
    void a_plain_id_stays_readable() {
        assertThat(SourceKeys.ofId("square", " ABC-123 ")).isEqualTo("square:i:ABC-123");
    }

    @Test
    void what_could_be_a_contact_detail_is_hashed() {
        assertThat(SourceKeys.ofId("square", "marie@roy.ca"))
                .startsWith("square:x:")
                .doesNotContain("marie")
                .hasSize("square:x:".length() + 16);
        assertThat(SourceKeys.ofId("square", "514-222-3344"))
                .startsWith("square:x:")
                .doesNotContain("3344");
        assertThat(SourceKeys.ofId("square", "tel5142223344")).doesNotContain("2223");
        assertThat(SourceKeys.ofId("marie@roy.ca", "1"))
                .startsWith("~")
                .doesNotContain("marie")
                .endsWith(":i:1");
        assertThat(SourceKeys.ofId("square", "")).isEqualTo(SourceKeys.ofId("square", " "));
    }

    @Test
    void an_id_and_a_content_never_meet() {
        byte[] hash = new byte[ContentHash.LENGTH];
        String content = SourceKeys.ofContent("square", hash);
        assertThat(content).isEqualTo("square:c:AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(SourceKeys.ofId("square", content)).isNotEqualTo(content);
        assertThat(SourceKeys.ofId("square:c", "x")).isNotEqualTo(SourceKeys.ofId("square", "c:x"));
    }

    @Property
    void different_sources_have_different_keys(
            @ForAll String system, @ForAll String id, @ForAll String system2, @ForAll String id2) {
        boolean same = system.strip().equals(system2.strip()) && id.strip().equals(id2.strip());
        assertThat(SourceKeys.ofId(system, id).equals(SourceKeys.ofId(system2, id2)))
                .isEqualTo(same);
        assertThat(SourceKeys.ofId(system, id))
                .matches("[A-Za-z0-9._~-]+:[ix]:[A-Za-z0-9._-]+")
                .hasSizeLessThan(90);
    }
}
