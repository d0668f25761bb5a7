package io.repertoire.customers;

import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.OnError;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.SubmittedPhone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submissions for tests, said briefly. */
public final class People {

    public static final String DIRECTORY = "main";
    /** Event time 0 of the tests. */
    public static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");
    /** Receipt of everything. */
    public static final Instant RECEIVED = Instant.parse("2026-06-01T12:00:00Z");

    private final SubmittedCustomer customer = new SubmittedCustomer();
    private String system = "till";
    private @Nullable String id;
    private Instant at = DAY;
    private @Nullable String importId;
    private @Nullable Long line;
    private String recordId = "";
    private static int next;

    private People(@Nullable String given, @Nullable String family) {
        customer.setGivenName(given);
        customer.setFamilyName(family);
        customer.setEmails(new ArrayList<>());
        customer.setPhones(new ArrayList<>());
        customer.setAddresses(new ArrayList<>());
        customer.setExternalIds(new ArrayList<>());
        customer.setConsents(new ArrayList<>());
        customer.setReverify(new ArrayList<>());
        customer.setGroups(new ArrayList<>());
        customer.setTags(new ArrayList<>());
        customer.setAttributes(new HashMap<>());
        customer.setAccounts(new ArrayList<>());
        customer.setCards(new ArrayList<>());
    }

    public static People named(String given, String family) {
        return new People(given, family);
    }

    public static People nameless() {
        return new People(null, null);
    }

    public People email(String value) {
        customer.getEmails().add(new SubmittedEmail(value, null));
        return this;
    }

    public People phone(String value) {
        customer.getPhones().add(new SubmittedPhone(value, null, null, PhoneKind.UNKNOWN));
        return this;
    }

    public People phone(String value, @Nullable String extension) {
        customer.getPhones().add(new SubmittedPhone(value, null, extension, PhoneKind.UNKNOWN));
        return this;
    }

    public People address(String line1, String city, String postalCode) {
        customer.getAddresses()
                .add(new SubmittedAddress(
                        null, io.repertoire.schemas.AddressType.HOME, line1, null, null, city, null, postalCode, "CA"));
        return this;
    }

    public People externalId(String idSystem, String value) {
        customer.getExternalIds().add(new SubmittedExternalId(idSystem, ExternalIdKind.CUSTOMER_ID, value));
        return this;
    }

    public People card(String value) {
        customer.setLoyalty(new SubmittedLoyalty(value, null, null, null, null, null));
        return this;
    }

    public People partner(String value) {
        customer.setCommerce(io.repertoire.schemas.SubmittedCommerce.newBuilder()
                .setPartnerName(value)
                .build());
        return this;
    }

    public People company(String value) {
        customer.setCompanyName(value);
        return this;
    }

    public People title(String value) {
        customer.setJobTitle(value);
        return this;
    }

    public People notes(String value) {
        customer.setNotes(value);
        return this;
    }

    public People group(String value) {
        customer.getGroups().add(value);
        return this;
    }

    public People attribute(String name, String value) {
        customer.getAttributes().put(name, value);
        return this;
    }

    public People consent(io.repertoire.schemas.SubmittedConsent consent) {
        customer.getConsents().add(consent);
        return this;
    }

    public People ours(@Nullable String customerId, @Nullable String code) {
        customer.setCustomerId(customerId);
        customer.setCode(code);
        return this;
    }

    public People from(String sourceSystem) {
        system = sourceSystem;
        return this;
    }

    public People withId(String sourceCustomerId) {
        id = sourceCustomerId;
        return this;
    }

    public People at(int days) {
        at = DAY.plusSeconds(days * 86_400L);
        return this;
    }

    public People at(Instant time) {
        at = time;
        return this;
    }

    public People row(String inImport, String sha256, long onLine) {
        importId = inImport;
        line = onLine;
        recordId = sha256 + "/" + onLine;
        return this;
    }

    public People recordId(String value) {
        recordId = value;
        return this;
    }

    public SubmittedCustomer details() {
        return customer;
    }

    public Input.Submission said() {
        return new Input.Submission(submission());
    }

    public CustomerSubmission submission() {
        return new CustomerSubmission(
                SubmissionKind.RECORD,
                DIRECTORY,
                recordId.isEmpty() ? system + "/event-" + next++ : recordId,
                system,
                id,
                null,
                null,
                null,
                importId == null ? Channel.POS : Channel.CSV,
                SubmissionOperation.UPSERT,
                at,
                RECEIVED,
                importId,
                line,
                null,
                customer,
                List.of(),
                null,
                null,
                null);
    }

    public static Input.Submission start(String importId, ImportMode mode, @Nullable String group) {
        var spec = new ImportSpec(
                importId + ".csv",
                "sha",
                1L,
                "csv",
                "english",
                "UTF-8",
                ",",
                mode,
                OnError.REJECT_ROWS,
                group,
                false,
                false,
                RECEIVED,
                DAY,
                List.of(),
                null);
        return new Input.Submission(marker(SubmissionKind.IMPORT_START, importId, spec, null));
    }

    public static Input.Submission startDry(String importId, ImportMode mode, @Nullable String group) {
        Input.Submission start = start(importId, mode, group);
        start.value().getImportSpec().setDryRun(true);
        return start;
    }

    public static Input.Submission end(String importId, long read) {
        return new Input.Submission(marker(SubmissionKind.IMPORT_END, importId, null, new ImportEnd(read, null, null)));
    }

    public static Input.Submission refused(String importId, String code) {
        return new Input.Submission(
                marker(SubmissionKind.IMPORT_END, importId, null, new ImportEnd(0L, code, "not a table")));
    }

    private static CustomerSubmission marker(
            SubmissionKind kind, String importId, @Nullable ImportSpec spec, @Nullable ImportEnd end) {
        return new CustomerSubmission(
                kind,
                DIRECTORY,
                importId + "/" + kind,
                "csv",
                null,
                null,
                null,
                null,
                Channel.CSV,
                SubmissionOperation.UPSERT,
                RECEIVED,
                RECEIVED,
                importId,
                null,
                null,
                null,
                List.of(),
                spec,
                end,
                null);
    }
}
