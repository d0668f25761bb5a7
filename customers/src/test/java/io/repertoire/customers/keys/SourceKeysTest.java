package io.repertoire.customers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.People;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class SourceKeysTest {

    private static final String SECRET = "0123456789abcdef-secret";
    private static final SourceKeys PLAIN = new SourceKeys("main", null);
    private static final SourceKeys KEYED = new SourceKeys("main", SourceKeySecret.of(SECRET));

    @Test
    void a_plain_id_stays_readable() {
        assertThat(PLAIN.ofId("square", " ABC-123 ")).isEqualTo("square:i:ABC-123");
    }

    @Test
    void what_could_be_a_contact_detail_is_hashed() {
        assertThat(PLAIN.ofId("square", "marie@roy.ca"))
                .startsWith("square:x:")
                .doesNotContain("marie")
                .hasSize("square:x:".length() + 16);
        assertThat(PLAIN.ofId("square", "514-222-3344")).startsWith("square:x:").doesNotContain("3344");
        assertThat(PLAIN.ofId("square", "tel5142223344")).doesNotContain("2223");
        assertThat(PLAIN.ofId("marie@roy.ca", "1"))
                .startsWith("~")
                .doesNotContain("marie")
                .endsWith(":i:1");
        assertThat(PLAIN.ofId("square", "")).isEqualTo(PLAIN.ofId("square", " "));
    }

    @Test
    void an_id_and_a_content_never_meet() {
        byte[] hash = new byte[ContentHash.LENGTH];
        String content = PLAIN.ofContent("square", hash);
        assertThat(content).isEqualTo("square:c:AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(PLAIN.ofId("square", content)).isNotEqualTo(content);
        assertThat(PLAIN.ofId("square:c", "x")).isNotEqualTo(PLAIN.ofId("square", "c:x"));
    }

    @Property
    void different_sources_have_different_keys(
            @ForAll String system, @ForAll String id, @ForAll String system2, @ForAll String id2) {
        boolean same = system.strip().equals(system2.strip()) && id.strip().equals(id2.strip());
        assertThat(PLAIN.ofId(system, id).equals(PLAIN.ofId(system2, id2))).isEqualTo(same);
        assertThat(PLAIN.ofId(system, id))
                .matches("[A-Za-z0-9._~-]+:[ix]:[A-Za-z0-9._-]+")
                .hasSizeLessThan(90);
    }

    @Test
    void p42_without_the_secret_a_key_cannot_be_found_by_trying_all_numbers() {
        byte[] hash = ContentHash.of(CustomerNormaliser.standard()
                .normalise(
                        People.nameless().phone("514 842-1234").submission().getCustomer(),
                        "CA",
                        0,
                        DirectoryPolicy.defaults())
                .customer());
        String key = KEYED.ofContent("till", hash);
        assertThat(key)
                .hasSameSizeAs(PLAIN.ofContent("till", hash))
                .isNotEqualTo(PLAIN.ofContent("till", hash))
                .isNotEqualTo(
                        new SourceKeys("main", SourceKeySecret.of("another-secret-of-some")).ofContent("till", hash))
                .isNotEqualTo(new SourceKeys("second", SourceKeySecret.of(SECRET)).ofContent("till", hash))
                .isEqualTo(new SourceKeys("main", SourceKeySecret.of(" " + SECRET)).ofContent("till", hash.clone()));
        assertThat(KEYED.ofId("till", "514-842-1234"))
                .startsWith("till:x:")
                .isNotEqualTo(PLAIN.ofId("till", "514-842-1234"));
        assertThat(KEYED.ofId("514-842-1234", "1")).startsWith("~").isNotEqualTo(PLAIN.ofId("514-842-1234", "1"));
        assertThat(KEYED.ofId("square", "ABC-123")).isEqualTo("square:i:ABC-123");
        assertThat(SourceKeySecret.of(SECRET).toString()).doesNotContain(SECRET);
    }

    @Property
    void the_keyed_hash_is_hmac_sha_256(@ForAll @NotBlank String secret, @ForAll byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.strip().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(KeyedHash.of(secret, "test").of(message)).isEqualTo(mac.doFinal(message));
    }
}
