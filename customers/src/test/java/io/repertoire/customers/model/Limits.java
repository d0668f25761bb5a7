package io.repertoire.customers.model;

/**
 * What may be set of RULES C-1, and how many people it is about.
 *
 * @param emailDegree people with conflicting names that may hold one email
 * @param phoneDegree the same of a phone
 */
public record Limits(int people, int maxRecords, int maxEmails, int maxPhones, int emailDegree, int phoneDegree) {

    /** Fixed: holders of one identifier before it says nothing about anyone, and spellings of one customer's name. */
    static final int MAX_HOLDERS = 50;

    static final int MAX_SPELLINGS = 32;

    /** Fixed: one of more records is not looked through for those that joined by an identifier alone, it is asked about anyway. */
    static final int MAX_LOOKED_THROUGH = 250;

    public static Limits none() {
        return new Limits(150, 10_000, 10_000, 10_000, 10_000, 10_000);
    }

    /** So few people and so narrow that all of them are met all the time. */
    public static Limits narrow() {
        return new Limits(40, 12, 3, 3, 2, 2);
    }
}
