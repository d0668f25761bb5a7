package io.repertoire.ingest.layout;

import java.util.Locale;

/** What a column can hold. The names, in lower case, are what layout files and problems call it. */
enum Field {
    CUSTOMER_ID(Kind.IDENTITY),
    CODE(Kind.IDENTITY),
    SOURCE_CUSTOMER_ID(Kind.IDENTITY),
    GIVEN_NAME(Kind.PERSON),
    FAMILY_NAME(Kind.PERSON),
    DISPLAY_NAME(Kind.PERSON),
    EMAIL(Kind.CONTACT, "emails"),
    PHONE(Kind.CONTACT, "phones"),
    PHONE_MOBILE(Kind.CONTACT, "phones"),
    PHONE_FIXED(Kind.CONTACT, "phones"),
    PHONE_WORK(Kind.CONTACT, "phones"),
    TYPE(Kind.CODED),
    TITLE(Kind.TEXT),
    COMPANY_NAME(Kind.TEXT),
    JOB_TITLE(Kind.TEXT),
    PREFERRED_LANGUAGE(Kind.CODED),
    BIRTH_DATE(Kind.CODED),
    BIRTH_YEAR(Kind.CODED, "birth_date"),
    BIRTH_MONTH(Kind.CODED, "birth_date"),
    BIRTH_DAY(Kind.CODED, "birth_date"),
    ADDRESS_LABEL(Kind.TEXT, "addresses"),
    ADDRESS_TYPE(Kind.CODED, "addresses"),
    ADDRESS_LINE1(Kind.TEXT, "addresses"),
    ADDRESS_LINE2(Kind.TEXT, "addresses"),
    ADDRESS_LINE3(Kind.TEXT, "addresses"),
    CITY(Kind.TEXT, "addresses"),
    REGION(Kind.TEXT, "addresses"),
    POSTAL_CODE(Kind.CODED, "addresses"),
    COUNTRY(Kind.CODED, "addresses"),
    LOYALTY_CARD(Kind.CODED, "loyalty"),
    LOYALTY_POINTS(Kind.CODED, "loyalty"),
    LOYALTY_THRESHOLD(Kind.CODED, "loyalty"),
    LOYALTY_REACH_BY(Kind.CODED, "loyalty"),
    SUBSCRIPTION_CARD(Kind.CODED, "loyalty"),
    SUBSCRIPTION_EXPIRY(Kind.CODED, "loyalty"),
    EXTERNAL_CODE(Kind.CODED, "external_ids"),
    ACCOUNT_NUMBER(Kind.CODED, "accounts"),
    ACCOUNT_BALANCE(Kind.CODED, "accounts"),
    CREDIT_ACCOUNT(Kind.CODED, "accounts"),
    CREDIT_LIMIT(Kind.CODED, "accounts"),
    CREDIT_TERMS(Kind.CODED, "accounts"),
    DISCOUNT(Kind.CODED, "accounts"),
    PRICE_CODE(Kind.TEXT, "commerce"),
    TAX_ZONE(Kind.TEXT, "commerce"),
    PROMOTION(Kind.CODED, "commerce"),
    EXPORT_SALE(Kind.CODED, "commerce"),
    AUTOMATIC_INVOICE(Kind.CODED, "commerce"),
    COMMERCE_STATUS(Kind.TEXT, "commerce"),
    FAMILY(Kind.TEXT, "commerce"),
    PARTNER_NAME(Kind.TEXT, "commerce"),
    ACTIVE(Kind.CODED),
    REVERIFY(Kind.TEXT),
    VAT(Kind.CODED),
    SIRET(Kind.CODED),
    NAF(Kind.CODED),
    GROUPS(Kind.TEXT),
    TAGS(Kind.TEXT),
    NOTES(Kind.TEXT),
    CONSENT_EMAIL(Kind.CODED, "consents"),
    CONSENT_SMS(Kind.CODED, "consents"),
    CONSENT_PHONE(Kind.CODED, "consents"),
    CONSENT_POST(Kind.CODED, "consents"),
    /** The date of the statement in the column beside it. */
    CONSENT_EMAIL_AT(Kind.CODED, "consents"),
    CONSENT_SMS_AT(Kind.CODED, "consents"),
    CONSENT_PHONE_AT(Kind.CODED, "consents"),
    CONSENT_POST_AT(Kind.CODED, "consents"),
    /** A date that is itself a yes, or a no. */
    CONSENT_EMAIL_YES_AT(Kind.CODED, "consents"),
    CONSENT_EMAIL_NO_AT(Kind.CODED, "consents"),
    RECEIPT_BY_EMAIL(Kind.CODED),
    UPDATED_AT(Kind.CODED, "observed_at"),
    ATTRIBUTE(Kind.TEXT, "attributes"),
    IGNORED(Kind.CODED);

    private enum Kind {
        IDENTITY,
        PERSON,
        CONTACT,
        TEXT,
        CODED
    }

    private final Kind kind;
    private final String contractName;

    /** One that the contract calls by the same name. */
    Field(Kind kind) {
        this.kind = kind;
        this.contractName = name().toLowerCase(Locale.ROOT);
    }

    Field(Kind kind, String contractName) {
        this.kind = kind;
        this.contractName = contractName;
    }

    /** A header without any of these describes no customers. */
    boolean identifies() {
        return kind == Kind.IDENTITY || kind == Kind.PERSON || kind == Kind.CONTACT;
    }

    /** The record's own id somewhere: one that is not quite right would fuse strangers. */
    boolean isOwnId() {
        return kind == Kind.IDENTITY;
    }

    /** People write anything in it, card numbers included. */
    boolean freeText() {
        return kind == Kind.TEXT || kind == Kind.PERSON;
    }

    /** What the contract, and so a problem, calls it, or what it is a part of. */
    String contractName() {
        return contractName;
    }

    /** Says what somebody allows or forbids, or when they said so. */
    boolean isConsent() {
        return contractName.equals("consents");
    }

    /** Several columns of a file may hold one. */
    boolean repeats() {
        return switch (this) {
            case GROUPS, TAGS, REVERIFY, EXTERNAL_CODE, ATTRIBUTE, IGNORED -> true;
            default -> kind == Kind.CONTACT;
        };
    }

    /** Written in the layout's own notation of dates. */
    boolean isDate() {
        return switch (this) {
            case BIRTH_DATE,
                    LOYALTY_REACH_BY,
                    SUBSCRIPTION_EXPIRY,
                    UPDATED_AT,
                    CONSENT_EMAIL_AT,
                    CONSENT_SMS_AT,
                    CONSENT_PHONE_AT,
                    CONSENT_POST_AT,
                    CONSENT_EMAIL_YES_AT,
                    CONSENT_EMAIL_NO_AT -> true;
            default -> false;
        };
    }

    /** Decides something and may lose to another column, or to nothing at all yet: what was written is kept as an attribute too. */
    boolean isKeptAsWritten() {
        return this == ACTIVE || this == CONSENT_EMAIL_YES_AT || this == CONSENT_EMAIL_NO_AT;
    }

    /** By its name in layout files. */
    static Field named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
