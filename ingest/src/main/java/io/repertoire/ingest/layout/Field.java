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
    EMAIL(Kind.CONTACT),
    PHONE(Kind.CONTACT),
    PHONE_MOBILE(Kind.CONTACT),
    PHONE_FIXED(Kind.CONTACT),
    PHONE_WORK(Kind.CONTACT),
    TYPE(Kind.CODED),
    TITLE(Kind.TEXT),
    COMPANY_NAME(Kind.TEXT),
    JOB_TITLE(Kind.TEXT),
    PREFERRED_LANGUAGE(Kind.CODED),
    BIRTH_DATE(Kind.CODED),
    BIRTH_YEAR(Kind.CODED),
    BIRTH_MONTH(Kind.CODED),
    BIRTH_DAY(Kind.CODED),
    ADDRESS_LABEL(Kind.TEXT),
    ADDRESS_TYPE(Kind.CODED),
    ADDRESS_LINE1(Kind.TEXT),
    ADDRESS_LINE2(Kind.TEXT),
    ADDRESS_LINE3(Kind.TEXT),
    CITY(Kind.TEXT),
    REGION(Kind.TEXT),
    POSTAL_CODE(Kind.CODED),
    COUNTRY(Kind.CODED),
    LOYALTY_CARD(Kind.CODED),
    LOYALTY_POINTS(Kind.CODED),
    LOYALTY_THRESHOLD(Kind.CODED),
    LOYALTY_REACH_BY(Kind.CODED),
    SUBSCRIPTION_CARD(Kind.CODED),
    SUBSCRIPTION_EXPIRY(Kind.CODED),
    EXTERNAL_CODE(Kind.CODED),
    ACCOUNT_NUMBER(Kind.CODED),
    ACCOUNT_BALANCE(Kind.CODED),
    CREDIT_ACCOUNT(Kind.CODED),
    CREDIT_LIMIT(Kind.CODED),
    CREDIT_TERMS(Kind.CODED),
    DISCOUNT(Kind.CODED),
    PRICE_CODE(Kind.TEXT),
    TAX_ZONE(Kind.TEXT),
    PROMOTION(Kind.CODED),
    EXPORT_SALE(Kind.CODED),
    AUTOMATIC_INVOICE(Kind.CODED),
    COMMERCE_STATUS(Kind.TEXT),
    FAMILY(Kind.TEXT),
    PARTNER_NAME(Kind.TEXT),
    ACTIVE(Kind.CODED),
    REVERIFY(Kind.TEXT),
    VAT(Kind.CODED),
    SIRET(Kind.CODED),
    NAF(Kind.CODED),
    GROUPS(Kind.TEXT),
    TAGS(Kind.TEXT),
    NOTES(Kind.TEXT),
    CONSENT_EMAIL(Kind.CODED),
    CONSENT_SMS(Kind.CODED),
    CONSENT_PHONE(Kind.CODED),
    CONSENT_POST(Kind.CODED),
    /** The date of the statement in the column beside it. */
    CONSENT_EMAIL_AT(Kind.CODED),
    CONSENT_SMS_AT(Kind.CODED),
    CONSENT_PHONE_AT(Kind.CODED),
    CONSENT_POST_AT(Kind.CODED),
    /** A date that is itself a yes, or a no. */
    CONSENT_EMAIL_YES_AT(Kind.CODED),
    CONSENT_EMAIL_NO_AT(Kind.CODED),
    RECEIPT_BY_EMAIL(Kind.CODED),
    UPDATED_AT(Kind.CODED),
    ATTRIBUTE(Kind.TEXT),
    IGNORED(Kind.CODED);

    private enum Kind {
        IDENTITY,
        PERSON,
        CONTACT,
        TEXT,
        CODED
    }

    private final Kind kind;

    Field(Kind kind) {
        this.kind = kind;
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

    /** What the contract, and so a problem, calls it. */
    String contractName() {
        return switch (this) {
            case EMAIL -> "emails";
            case PHONE, PHONE_MOBILE, PHONE_FIXED, PHONE_WORK -> "phones";
            case BIRTH_YEAR, BIRTH_MONTH, BIRTH_DAY -> "birth_date";
            case ADDRESS_LABEL,
                    ADDRESS_TYPE,
                    ADDRESS_LINE1,
                    ADDRESS_LINE2,
                    ADDRESS_LINE3,
                    CITY,
                    REGION,
                    POSTAL_CODE,
                    COUNTRY -> "addresses";
            case CONSENT_EMAIL,
                    CONSENT_SMS,
                    CONSENT_PHONE,
                    CONSENT_POST,
                    CONSENT_EMAIL_AT,
                    CONSENT_SMS_AT,
                    CONSENT_PHONE_AT,
                    CONSENT_POST_AT,
                    CONSENT_EMAIL_YES_AT,
                    CONSENT_EMAIL_NO_AT -> "consents";
            case LOYALTY_CARD,
                    LOYALTY_POINTS,
                    LOYALTY_THRESHOLD,
                    LOYALTY_REACH_BY,
                    SUBSCRIPTION_CARD,
                    SUBSCRIPTION_EXPIRY -> "loyalty";
            case EXTERNAL_CODE -> "external_ids";
            case ACCOUNT_NUMBER, ACCOUNT_BALANCE, CREDIT_ACCOUNT, CREDIT_LIMIT, CREDIT_TERMS, DISCOUNT -> "accounts";
            case PRICE_CODE,
                    TAX_ZONE,
                    PROMOTION,
                    EXPORT_SALE,
                    AUTOMATIC_INVOICE,
                    COMMERCE_STATUS,
                    FAMILY,
                    PARTNER_NAME -> "commerce";
            case ATTRIBUTE -> "attributes";
            case UPDATED_AT -> "observed_at";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** Several columns of a file may hold one. */
    boolean repeats() {
        return switch (this) {
            case GROUPS, TAGS, REVERIFY, EXTERNAL_CODE, ATTRIBUTE, IGNORED -> true;
            default -> kind == Kind.CONTACT;
        };
    }

    /** What an email or a phone is stored in. */
    boolean isContact() {
        return kind == Kind.CONTACT;
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
