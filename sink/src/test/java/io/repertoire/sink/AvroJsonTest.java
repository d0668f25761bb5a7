package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.schemas.Address;
import io.repertoire.schemas.Customer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    private static final int HEADER = 19;
    private static final int ROW_AND_LENGTH = 6;

    private static String json(String field, Object value) {
        CopyBuffer buffer = new CopyBuffer();
        buffer.reset();
        buffer.beginRow(1);
        buffer.json(AvroJson.of(Customer.getClassSchema(), field), value);
        byte[] all = buffer.toByteArray();
        return new String(Arrays.copyOfRange(all, HEADER + ROW_AND_LENGTH, all.length), StandardCharsets.UTF_8);
    }

    @Test
    void what_json_must_escape_is_escaped_and_the_rest_is_as_it_was() throws Exception {
        Address address = Records.address();
        address.setLine1("\"quoted\" back\\slash\n\ttab \u0001 œuf 漢字 😀 </script>");
        JsonNode parsed = new ObjectMapper().readTree(json("addresses", List.of(address)));
        assertThat(parsed.get(0).get("line1").asText()).isEqualTo(address.getLine1());
    }

    @Test
    void nul_characters_are_left_out_and_half_surrogates_are_question_marks() throws Exception {
        Address address = Records.address();
        address.setLine1("a\0b\ud800c");
        assertThat(new ObjectMapper()
                        .readTree(json("addresses", List.of(address)))
                        .get(0)
                        .get("line1")
                        .asText())
                .isEqualTo("ab?c");
    }

    @Test
    void times_are_iso_decimals_are_numbers_and_absent_fields_are_left_out() {
        assertThat(json("accounts", List.of(Records.account())))
                .isEqualTo(
                        "[{\"system\":\"square\",\"balance\":-12.50,\"terms_days\":30,\"as_of\":\"2026-03-01T10:15:30.250Z\"}]");
    }

    @Test
    void every_block_of_an_image_is_json() throws Exception {
        Customer customer = Records.customer("main", "x", 1);
        for (var field : Customer.getClassSchema().getFields()) {
            Object value = customer.get(field.pos());
            if (value instanceof java.util.Collection<?> || value instanceof java.util.Map<?, ?>) {
                if (!AvroJson.isEmpty(value)) {
                    assertThat(new ObjectMapper().readTree(json(field.name(), value)))
                            .as(field.name())
                            .isNotNull();
                }
            }
        }
    }
}
