package io.repertoire.customers.model;

/** A value that may tell a person, strongest kind first. */
record Key(Kind kind, String value) {

    enum Kind {
        ID("EXTERNAL_ID"),
        CARD("LOYALTY_CARD"),
        EMAIL("EMAIL"),
        PHONE("PHONE");

        /** As rules call it. */
        final String rule;

        Kind(String rule) {
            this.rule = rule;
        }
    }

    boolean isContact() {
        return kind == Kind.EMAIL || kind == Kind.PHONE;
    }

    /** An office's address (P7). */
    boolean isRole() {
        return kind == Kind.EMAIL && isRole(value);
    }

    static boolean isRole(String email) {
        return email.startsWith("info@");
    }

    /** Nobody's (P1). */
    static boolean isFillerEmail(String email) {
        return email.startsWith("noemail@");
    }

    /** Nobody's (P1), or no one person's (P6). */
    static boolean mayBeKey(String phone) {
        return phone.chars().distinct().count() > 1 && !phone.startsWith("800");
    }
}
