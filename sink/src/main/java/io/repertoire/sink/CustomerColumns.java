package io.repertoire.sink;

import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Phone;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How an image becomes a row of {@code customer}. */
final class CustomerColumns {

    private static final Schema SCHEMA = Customer.getClassSchema();

    private CustomerColumns() {}

    static Columns<Customer> create() {
        var columns = new Columns<Customer>()
                .add("directory_id", (c, out) -> out.requiredText(c.getDirectoryId()))
                .add("customer_id", (c, out) -> out.requiredText(c.getCustomerId()))
                .add("code", (c, out) -> out.requiredText(c.getCode()))
                .add("version", (c, out) -> out.int8(c.getVersion()))
                .add("status", (c, out) -> out.requiredText(c.getStatus().name()))
                .add("merged_into", (c, out) -> out.text(c.getMergedInto()))
                .add("merged_ids", (c, out) -> out.textArray(c.getMergedIds()))
                .add("type", (c, out) -> out.requiredText(c.getType().name()))
                .add("title", (c, out) -> out.text(c.getTitle()))
                .add("given_name", (c, out) -> out.text(c.getGivenName()))
                .add("family_name", (c, out) -> out.text(c.getFamilyName()))
                .add("display_name", (c, out) -> out.text(c.getDisplayName()))
                .add("company_name", (c, out) -> out.text(c.getCompanyName()))
                .add("job_title", (c, out) -> out.text(c.getJobTitle()))
                .add("preferred_language", (c, out) -> out.text(c.getPreferredLanguage()))
                .add("birth_date", (c, out) -> out.text(c.getBirthDate()))
                .add("primary_email", (c, out) -> out.text(primaryEmail(c)))
                .add("primary_phone", (c, out) -> out.text(primaryPhone(c)))
                .add("emails", (c, out) -> out.textArray(emails(c)))
                .add("phones", (c, out) -> out.textArray(phones(c)));
        json(columns, "email_details", "emails", Customer::getEmails);
        json(columns, "phone_details", "phones", Customer::getPhones);
        json(columns, "addresses", "addresses", Customer::getAddresses);
        json(columns, "external_ids", "external_ids", Customer::getExternalIds);
        json(columns, "consents", "consents", Customer::getConsents);
        columns.add("receipt_by_email", (c, out) -> out.bool(c.getReceiptByEmail()));
        json(columns, "reverify", "reverify", Customer::getReverify);
        json(columns, "groups", "groups", Customer::getGroups);
        columns.add("tags", (c, out) -> out.textArray(c.getTags())).add("notes", (c, out) -> out.text(c.getNotes()));
        json(columns, "attributes", "attributes", Customer::getAttributes);
        json(columns, "tax_ids", "tax_ids", Customer::getTaxIds);
        json(columns, "accounts", "accounts", Customer::getAccounts);
        json(columns, "relations", "relations", Customer::getRelations);
        json(columns, "loyalty", "loyalty", Customer::getLoyalty);
        json(columns, "commerce", "commerce", Customer::getCommerce);
        json(columns, "cards_on_file", "cards_on_file", Customer::getCardsOnFile);
        ProvenanceJson provenance = new ProvenanceJson();
        columns.add("provenance", (c, out) -> out.provenance(provenance, c.getProvenance()));
        json(columns, "quality", "quality", Customer::getQuality);
        json(columns, "source_records", "source_records", Customer::getSourceRecords);
        return columns.add("source_record_count", (c, out) -> out.int4(c.getSourceRecordCount()))
                .add("created_at", (c, out) -> out.timestamp(c.getCreatedAt()))
                .add("updated_at", (c, out) -> out.timestamp(c.getUpdatedAt()))
                .add("retention_hold", (c, out) -> out.bool(c.getRetentionHold()));
    }

    private interface Getter {
        @Nullable
        Object get(Customer customer);
    }

    private static void json(Columns<Customer> columns, String column, String field, Getter getter) {
        AvroJson writer = AvroJson.of(SCHEMA, field);
        columns.add(column, (c, out) -> out.json(writer, getter.get(c)));
    }

    private static @Nullable String primaryEmail(Customer customer) {
        List<Email> emails = customer.getEmails();
        return emails.isEmpty() ? null : emails.get(0).getValue();
    }

    private static @Nullable String primaryPhone(Customer customer) {
        List<Phone> phones = customer.getPhones();
        return phones.isEmpty() ? null : numberOf(phones.get(0));
    }

    private static List<String> emails(Customer customer) {
        List<Email> emails = customer.getEmails();
        if (emails.isEmpty()) {
            return List.of();
        }
        var values = new ArrayList<String>(emails.size());
        for (Email email : emails) {
            values.add(email.getValue());
        }
        return values;
    }

    private static List<String> phones(Customer customer) {
        List<Phone> phones = customer.getPhones();
        if (phones.isEmpty()) {
            return List.of();
        }
        var values = new ArrayList<String>(phones.size());
        for (Phone phone : phones) {
            values.add(numberOf(phone));
        }
        return values;
    }

    private static String numberOf(Phone phone) {
        return phone.getE164() == null ? phone.getRaw() : phone.getE164();
    }
}
