package io.repertoire.customers.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockListTest {

    @Test
    void the_same_rules_read_alike_and_other_rules_do_not() {
        List<String> rules = List.of("email-local nobody", "phone-regex 514555.*");
        assertThat(BlockList.of(rules)).hasToString(BlockList.of(rules).toString());
        assertThat(BlockList.of(rules).plus(List.of("role shop")))
                .doesNotHaveToString(BlockList.of(rules).toString());
    }
}
