package io.repertoire.customers.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    @Test
    void is_the_same_for_ever() {
        NormalisedCustomer customer = named("Hélène", "Tremblay");
        customer.setEmails(List.of(email("Helene@roy.ca", "helene@roy.ca")));
        customer.setAttributes(Map.of("b", "2", "a", "1"));
        // A change of this value makes every source record without an id a new one at its next import.
        assertThat(HexFormat.of().formatHex(ContentHash.of(customer))).isEqualTo("829b1f79fe934e1253444e6187751f51");
    }

    @Test
    void how_a_contact_point_was_typed_or_is_judged_does_not_count() {
        NormalisedCustomer a = named("M", "R");
        a.setEmails(List.of(email("Marie@Roy.ca", "marie@roy.ca")));
        a.setPhones(List.of(
                new HeldPhone("514 222-3344", "+15142223344", null, "CA", PhoneKind.MOBILE, null, ContactQuality.OK)));
        NormalisedCustomer b = named("M", "R");
        b.setEmails(List.of(new HeldEmail("marie@roy.ca", "marie@roy.ca", null, ContactQuality.ROLE)));
        b.setPhones(List.of(new HeldPhone(
                "5142223344", "+15142223344", null, null, PhoneKind.UNKNOWN, null, ContactQuality.SHARED)));
        assertThat(ContentHash.of(a)).isEqualTo(ContentHash.of(b));
    }

    @Test
    void everything_else_counts() {
        NormalisedCustomer base = named("M", "R");
        assertThat(ContentHash.of(named("M", null))).isNotEqualTo(ContentHash.of(named(null, "M")));
        assertThat(ContentHash.of(named("MR", null))).isNotEqualTo(ContentHash.of(base));
        NormalisedCustomer invalid = named("M", "R");
        invalid.setEmails(List.of(new HeldEmail("marie", null, null, ContactQuality.INVALID)));
        NormalisedCustomer otherInvalid = named("M", "R");
        otherInvalid.setEmails(List.of(new HeldEmail("paul", null, null, ContactQuality.INVALID)));
        assertThat(ContentHash.of(invalid)).isNotEqualTo(ContentHash.of(otherInvalid));
        NormalisedCustomer cleared = named("M", "R");
        cleared.setCleared(List.of("notes"));
        assertThat(ContentHash.of(cleared)).isNotEqualTo(ContentHash.of(base));
        NormalisedCustomer tagged = named("M", "R");
        tagged.setTags(List.of("notes"));
        NormalisedCustomer grouped = named("M", "R");
        grouped.setGroups(List.of("notes"));
        assertThat(ContentHash.of(tagged)).isNotEqualTo(ContentHash.of(grouped)).isNotEqualTo(ContentHash.of(cleared));
    }

    private static NormalisedCustomer named(String given, String family) {
        return NormalisedCustomer.newBuilder()
                .setGivenName(given)
                .setFamilyName(family)
                .build();
    }

    private static HeldEmail email(String raw, String value) {
        return new HeldEmail(raw, value, null, ContactQuality.OK);
    }
}
