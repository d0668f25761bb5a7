package io.repertoire.customers.normalise;

import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import java.util.List;

/** Rows to start from. */
final class Rows {

    private Rows() {}

    static SubmittedCustomer empty() {
        return SubmittedCustomer.newBuilder().build();
    }

    static SubmittedCustomer named(String given, String family) {
        SubmittedCustomer row = empty();
        row.setGivenName(given);
        row.setFamilyName(family);
        return row;
    }

    static SubmittedCustomer withEmail(String email) {
        SubmittedCustomer row = empty();
        row.setEmails(List.of(new SubmittedEmail(email, null)));
        return row;
    }

    static SubmittedCustomer withPhone(String phone) {
        SubmittedCustomer row = empty();
        row.setPhones(List.of(new SubmittedPhone(phone, null, null, PhoneKind.UNKNOWN)));
        return row;
    }
}
