package io.repertoire.ingest.layout;

import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.SubmittedPhone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row's customer while its cells are placed, best column first. */
final class CustomerDraft {

    private final String listSeparators;
    private final SubmittedCustomer customer = new SubmittedCustomer();
    private final List<SubmittedEmail> emails = new ArrayList<>(1);
    private final List<SubmittedPhone> phones = new ArrayList<>(2);
    private List<SubmittedConsent> consents = List.of();
    private List<String> groups = List.of();
    private List<String> tags = List.of();
    private Map<String, String> attributes = Map.of();
    private @Nullable SubmittedAddress address;
    private @Nullable SubmittedLoyalty loyalty;
    private @Nullable String sourceCustomerId;
    private @Nullable Instant observedAt;

    CustomerDraft(String listSeparators) {
        this.listSeparators = listSeparators;
    }

    /** False if the value is a consent that is neither yes nor no; anything else is for the validation to judge. */
    boolean set(Field field, String value) {
        switch (field) {
            case CUSTOMER_ID -> customer.setCustomerId(value.strip());
            case CODE -> customer.setCode(value.strip());
            case SOURCE_CUSTOMER_ID -> sourceCustomerId = value.strip();
            case GIVEN_NAME -> customer.setGivenName(value);
            case FAMILY_NAME -> customer.setFamilyName(value);
            case DISPLAY_NAME -> customer.setDisplayName(value);
            case TYPE -> customer.setType(value);
            case TITLE -> customer.setTitle(value);
            case COMPANY_NAME -> customer.setCompanyName(value);
            case JOB_TITLE -> customer.setJobTitle(value);
            case PREFERRED_LANGUAGE -> customer.setPreferredLanguage(value);
            case BIRTH_DATE -> customer.setBirthDate(value);
            case EMAIL -> emails.add(new SubmittedEmail(value, null));
            case PHONE -> phone(value, null, PhoneKind.UNKNOWN);
            case PHONE_MOBILE -> phone(value, null, PhoneKind.MOBILE);
            case PHONE_FIXED -> phone(value, null, PhoneKind.FIXED);
            case PHONE_WORK -> phone(value, "work", PhoneKind.UNKNOWN);
            case ADDRESS_LINE1 -> address().setLine1(value);
            case ADDRESS_LINE2 -> address().setLine2(value);
            case ADDRESS_LINE3 -> address().setLine3(value);
            case CITY -> address().setCity(value);
            case REGION -> address().setRegion(value);
            case POSTAL_CODE -> address().setPostalCode(value);
            case COUNTRY -> address().setCountry(value);
            case LOYALTY_CARD -> loyalty().setCard(value);
            case LOYALTY_POINTS -> loyalty().setPoints(value);
            case VAT -> customer.setVat(value);
            case SIRET -> customer.setSiret(value);
            case NAF -> customer.setNaf(value);
            case GROUPS -> groups = added(groups, value);
            case TAGS -> tags = added(tags, value);
            case NOTES -> customer.setNotes(value);
            case RECEIPT_BY_EMAIL -> customer.setReceiptByEmail(value);
            case CONSENT_EMAIL -> {
                return consent(ConsentChannel.EMAIL, value);
            }
            case CONSENT_SMS -> {
                return consent(ConsentChannel.SMS, value);
            }
            case CONSENT_PHONE -> {
                return consent(ConsentChannel.PHONE, value);
            }
            case CONSENT_POST -> {
                return consent(ConsentChannel.POST, value);
            }
            case IGNORED, UPDATED_AT, ATTRIBUTE -> {}
        }
        return true;
    }

    void attribute(String name, String value) {
        if (attributes.isEmpty()) {
            attributes = new HashMap<>();
        }
        attributes.put(name, value);
    }

    void observedAt(Instant at) {
        observedAt = at;
    }

    @Nullable
    Instant observedAt() {
        return observedAt;
    }

    @Nullable
    String sourceCustomerId() {
        return sourceCustomerId;
    }

    SubmittedCustomer build() {
        customer.setEmails(emails);
        customer.setPhones(phones);
        customer.setAddresses(address == null ? List.of() : List.of(address));
        customer.setExternalIds(List.of());
        customer.setConsents(consents);
        customer.setReverify(List.of());
        customer.setGroups(groups);
        customer.setTags(tags);
        customer.setAttributes(attributes);
        customer.setAccounts(List.of());
        customer.setCards(List.of());
        customer.setLoyalty(loyalty);
        return customer;
    }

    private void phone(String value, @Nullable String label, PhoneKind kind) {
        phones.add(new SubmittedPhone(value, label, null, kind));
    }

    private boolean consent(ConsentChannel channel, String value) {
        ConsentStatus status = Answers.parse(value);
        if (consents.isEmpty()) {
            consents = new ArrayList<>(2);
        }
        consents.add(new SubmittedConsent(
                channel,
                ConsentPurpose.MARKETING,
                status == null ? ConsentStatus.UNKNOWN : status,
                null,
                null,
                ConsentBasis.UNKNOWN,
                null));
        return status != null;
    }

    private SubmittedAddress address() {
        if (address == null) {
            address = new SubmittedAddress();
            address.setType(AddressType.OTHER);
        }
        return address;
    }

    private SubmittedLoyalty loyalty() {
        if (loyalty == null) {
            loyalty = new SubmittedLoyalty();
        }
        return loyalty;
    }

    private List<String> added(List<String> list, String cell) {
        List<String> all = list.isEmpty() ? new ArrayList<>(2) : list;
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || listSeparators.indexOf(cell.charAt(i)) >= 0) {
                String item = cell.substring(start, i).strip();
                if (!item.isEmpty()) {
                    all.add(item);
                }
                start = i + 1;
            }
        }
        return all;
    }
}
