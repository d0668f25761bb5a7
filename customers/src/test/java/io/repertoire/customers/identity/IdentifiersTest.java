package io.repertoire.customers.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentifiersTest {

    private static List<Identifier> keysOf(HeldPhone phone) {
        var content = new NormalisedCustomer();
        content.setEmails(new ArrayList<>());
        content.setExternalIds(new ArrayList<>());
        content.setPhones(List.of(phone));
        return Identifiers.of("csv", null, content, DirectoryPolicy.defaults());
    }

    private static HeldPhone phone(PhoneKind kind) {
        return new HeldPhone("514 555 1234", "+15145551234", null, "CA", kind, null, ContactQuality.OK);
    }

    @ParameterizedTest
    @EnumSource(names = {"MOBILE", "FIXED", "FIXED_OR_MOBILE", "UNKNOWN"})
    void a_line_of_ones_own_is_a_key(PhoneKind kind) {
        assertThat(keysOf(phone(kind))).containsExactly(new Identifier(IdentifierKind.PHONE, "+15145551234", false));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOLL_FREE", "PREMIUM", "OTHER"})
    void a_line_that_many_call_is_none(PhoneKind kind) {
        assertThat(keysOf(phone(kind))).isEmpty();
    }
}
