package io.repertoire.ingest.layout;

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
    ADDRESS_LINE1(Kind.TEXT),
    ADDRESS_LINE2(Kind.TEXT),
    ADDRESS_LINE3(Kind.TEXT),
    CITY(Kind.TEXT),
    REGION(Kind.TEXT),
    POSTAL_CODE(Kind.CODED),
    COUNTRY(Kind.CODED),
    LOYALTY_CARD(Kind.CODED),
    LOYALTY_POINTS(Kind.CODED),
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
            case ADDRESS_LINE1, ADDRESS_LINE2, ADDRESS_LINE3, CITY, REGION, POSTAL_CODE, COUNTRY -> "addresses";
            case CONSENT_EMAIL, CONSENT_SMS, CONSENT_PHONE, CONSENT_POST -> "consents";
            case LOYALTY_CARD, LOYALTY_POINTS -> "loyalty";
            case ATTRIBUTE -> "attributes";
            case UPDATED_AT -> "observed_at";
            default -> name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** Several columns of a file may hold one. */
    boolean repeats() {
        return kind == Kind.CONTACT || this == GROUPS || this == TAGS || this == ATTRIBUTE || this == IGNORED;
    }
}
