package io.repertoire.customers.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.Customer;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    /** DESIGN §8: what an image is the same without, and its names, which never change. */
    private static final Set<String> LEFT_OUT = Set.of(
            "directory_id",
            "customer_id",
            "version",
            "provenance",
            "source_records",
            "source_record_count",
            "created_at",
            "updated_at");

    @Test
    void every_field_of_the_contract_counts_or_is_left_out_on_purpose() {
        var fields = new TreeSet<String>();
        for (Schema.Field field : Customer.getClassSchema().getFields()) {
            fields.add(field.name());
        }
        fields.removeAll(LEFT_OUT);
        assertThat(new TreeSet<>(Fingerprint.fields())).isEqualTo(fields);
    }

    @Test
    void every_field_of_a_source_record_can_be_said_again() {
        var names = new TreeSet<String>();
        for (ContentField field : ContentField.ALL) {
            names.add(field.name().replaceAll("\\..*", ""));
        }
        names.add("attributes");
        names.add("cleared");
        var contract = new TreeSet<String>();
        for (Schema.Field field : NormalisedCustomer.getClassSchema().getFields()) {
            contract.add(field.name());
        }
        assertThat(names).isEqualTo(contract);
        for (String nested : new String[] {"loyalty", "commerce"}) {
            var parts = new ArrayList<String>();
            for (Schema.Field part : NormalisedCustomer.getClassSchema()
                    .getField(nested)
                    .schema()
                    .getTypes()
                    .get(1)
                    .getFields()) {
                parts.add(nested + "." + part.name());
            }
            assertThat(ContentField.ALL).extracting(ContentField::name).containsAll(parts);
        }
    }
}
