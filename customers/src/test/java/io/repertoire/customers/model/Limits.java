package io.repertoire.customers.model;

/**
 * What may be set of RULES C-1.
 *
 * @param emailDegree people with conflicting names that may hold one email
 * @param phoneDegree the same of a phone
 */
record Limits(int maxRecords, int maxEmails, int maxPhones, int emailDegree, int phoneDegree) {

    /** Fixed: holders of one identifier before it says nothing about anyone, and spellings of one customer's name. */
    static final int MAX_HOLDERS = 50;

    static final int MAX_SPELLINGS = 32;

    static Limits none() {
        return new Limits(10_000, 10_000, 10_000, 10_000, 10_000);
    }
}
