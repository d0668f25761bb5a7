package io.repertoire.ingest.layout;

import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedCommerce;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.SubmittedPhone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row's customer while its cells are placed, best column first. */
final class CustomerDraft {

    private final Layout.Cells cells;
    private final SubmittedCustomer customer = new SubmittedCustomer();
    private final List<SubmittedEmail> emails = new ArrayList<>(1);
    private final List<SubmittedPhone> phones = new ArrayList<>(2);
    private List<String> groups = List.of();
    private List<String> tags = List.of();
    private List<String> reverify = List.of();
    private List<SubmittedExternalId> externalIds = List.of();
    private Map<String, String> attributes = Map.of();
    private @Nullable AddressDrafts addresses;
    private @Nullable ConsentDrafts consents;
    private @Nullable SubmittedLoyalty loyalty;
    private @Nullable SubmittedAccount account;
    private @Nullable SubmittedCommerce commerce;
    private @Nullable String sourceCustomerId;
    private @Nullable Instant observedAt;
    private String birthYear = "";
    private String birthMonth = "";
    private String birthDay = "";

    CustomerDraft(Layout.Cells cells) {
        this.cells = cells;
    }

    /** False if the value is a consent that is neither yes nor no; anything else is for the validation to judge. */
    boolean set(Field field, String group, String value) {
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
            case BIRTH_YEAR -> birthYear = value.strip();
            case BIRTH_MONTH -> birthMonth = value.strip();
            case BIRTH_DAY -> birthDay = value.strip();
            case EMAIL -> emails.add(new SubmittedEmail(parted(value), label(group)));
            case PHONE -> phone(value, label(group), PhoneKind.UNKNOWN);
            case PHONE_MOBILE -> phone(value, label(group), PhoneKind.MOBILE);
            case PHONE_FIXED -> phone(value, label(group), PhoneKind.FIXED);
            case PHONE_WORK -> phone(value, "work", PhoneKind.UNKNOWN);
            case ADDRESS_LABEL,
                    ADDRESS_TYPE,
                    ADDRESS_LINE1,
                    ADDRESS_LINE2,
                    ADDRESS_LINE3,
                    CITY,
                    REGION,
                    POSTAL_CODE,
                    COUNTRY -> {
                return addresses().set(field, group, value);
            }
            case LOYALTY_CARD -> loyalty().setCard(value);
            case LOYALTY_POINTS -> loyalty().setPoints(value);
            case LOYALTY_THRESHOLD -> loyalty().setThreshold(value);
            case LOYALTY_REACH_BY -> loyalty().setReachBy(value);
            case SUBSCRIPTION_CARD -> loyalty().setSubscriptionCard(value);
            case SUBSCRIPTION_EXPIRY -> loyalty().setSubscriptionExpiry(value);
            case EXTERNAL_CODE -> externalCodes(group, value);
            case ACCOUNT_NUMBER -> account().setNumber(value);
            case ACCOUNT_BALANCE -> account().setBalance(value);
            case CREDIT_ACCOUNT -> account().setCreditAccount(value);
            case CREDIT_LIMIT -> account().setCreditLimit(value);
            case CREDIT_TERMS -> account().setTermsDays(value);
            case DISCOUNT -> account().setDiscount(value);
            case PRICE_CODE -> commerce().setPriceCode(value);
            case TAX_ZONE -> commerce().setTaxZone(value);
            case PROMOTION -> commerce().setPromotion(value);
            case EXPORT_SALE -> commerce().setExportSale(value);
            case AUTOMATIC_INVOICE -> commerce().setAutomaticInvoice(value);
            case COMMERCE_STATUS -> commerce().setStatus(value);
            case FAMILY -> commerce().setFamily(value);
            case PARTNER_NAME -> commerce().setPartnerName(value);
            case ACTIVE -> customer.setActive(value);
            case REVERIFY -> reverify = ListCells.added(reverify, value, cells.listSeparators());
            case VAT -> customer.setVat(value);
            case SIRET -> customer.setSiret(value);
            case NAF -> customer.setNaf(value);
            case GROUPS -> groups = ListCells.added(groups, value, cells.listSeparators());
            case TAGS -> tags = ListCells.added(tags, value, cells.listSeparators());
            case NOTES -> customer.setNotes(value);
            case RECEIPT_BY_EMAIL -> customer.setReceiptByEmail(value);
            case CONSENT_EMAIL,
                    CONSENT_SMS,
                    CONSENT_PHONE,
                    CONSENT_POST,
                    CONSENT_EMAIL_AT,
                    CONSENT_SMS_AT,
                    CONSENT_PHONE_AT,
                    CONSENT_POST_AT,
                    CONSENT_EMAIL_YES_AT,
                    CONSENT_EMAIL_NO_AT -> {
                return consents().set(field, value);
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

    /** Dates of consent whose answers are blank: they say nothing, and are kept as attributes. */
    List<Field> unanswered() {
        return consents == null ? List.of() : consents.unanswered();
    }

    String dateOf(Field unanswered) {
        return consents().dateOf(unanswered);
    }

    /** Where both parts of a name are given they are what is shown; a whole name that says something else is an attribute. */
    void keepWholeName(String column) {
        String whole = customer.getDisplayName();
        String given = customer.getGivenName();
        String family = customer.getFamilyName();
        if (whole != null && given != null && family != null && !whole.equals(given + ' ' + family)) {
            attribute(column, whole);
        }
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
        if (!birthMonth.isEmpty() && !birthDay.isEmpty() && customer.getBirthDate() == null) {
            customer.setBirthDate(birthDate());
        }
        customer.setEmails(emails);
        customer.setPhones(phones);
        customer.setAddresses(addresses == null ? List.of() : addresses.all());
        customer.setExternalIds(externalIds);
        customer.setConsents(consents == null ? List.of() : consents.all());
        customer.setReverify(reverify);
        customer.setGroups(groups);
        customer.setTags(tags);
        customer.setAttributes(attributes);
        customer.setAccounts(account == null ? List.of() : List.of(account));
        customer.setCards(List.of());
        customer.setLoyalty(loyalty);
        customer.setCommerce(commerce);
        return customer;
    }

    private String birthDate() {
        String day = two(birthMonth) + '-' + two(birthDay);
        return birthYear.isEmpty() ? "--" + day : birthYear + '-' + day;
    }

    private static String two(String number) {
        return number.length() == 1 ? '0' + number : number;
    }

    private static @Nullable String label(String group) {
        return group.isEmpty() ? null : group;
    }

    /** A separator of the system's own becomes one that always parts. */
    private String parted(String value) {
        String separator = cells.valueSeparator();
        return separator.isEmpty() || !value.contains(separator) ? value : value.replace(separator, ";");
    }

    private void phone(String value, @Nullable String label, PhoneKind kind) {
        for (String number : ListCells.phones(parted(value))) {
            phones.add(new SubmittedPhone(number, label, null, kind));
        }
    }

    /** {@code WEB:123;ERP:456}; a code without a system's name is of the column's. */
    private void externalCodes(String group, String value) {
        if (externalIds.isEmpty()) {
            externalIds = new ArrayList<>(2);
        }
        for (String code : ListCells.added(List.of(), value, ",;|")) {
            int colon = code.indexOf(':');
            boolean named = colon > 0 && colon < code.length() - 1;
            String system = named ? code.substring(0, colon).strip().toLowerCase(Locale.ROOT) : group;
            externalIds.add(new SubmittedExternalId(
                    system.isEmpty() ? "external" : system,
                    ExternalIdKind.CUSTOMER_ID,
                    named ? code.substring(colon + 1).strip() : code));
        }
    }

    private AddressDrafts addresses() {
        if (addresses == null) {
            addresses = new AddressDrafts();
        }
        return addresses;
    }

    private ConsentDrafts consents() {
        if (consents == null) {
            consents = new ConsentDrafts();
        }
        return consents;
    }

    private SubmittedLoyalty loyalty() {
        if (loyalty == null) {
            loyalty = new SubmittedLoyalty();
        }
        return loyalty;
    }

    private SubmittedAccount account() {
        if (account == null) {
            account = new SubmittedAccount();
        }
        return account;
    }

    private SubmittedCommerce commerce() {
        if (commerce == null) {
            commerce = new SubmittedCommerce();
        }
        return commerce;
    }
}
