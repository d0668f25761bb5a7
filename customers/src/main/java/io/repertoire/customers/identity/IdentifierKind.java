package io.repertoire.customers.identity;

/** Kinds of identifier, strongest first: the order in which a bridge record chooses its customer (P8). */
public enum IdentifierKind {
    /** Our own code; only our own export says it. */
    CODE("code"),
    /** An id or account number that another system gave. */
    EXTERNAL_ID("ext"),
    /** A loyalty card of this merchant's programme, whichever system read it. */
    LOYALTY_CARD("card"),
    EMAIL("email"),
    PHONE("phone"),
    /** Gmail's spellings of one mailbox: leads to nobody, and may raise a question (P15). Only where the directory wants it. */
    LOOSE_EMAIL("loose");

    private final String keyPart;

    IdentifierKind(String keyPart) {
        this.keyPart = keyPart;
    }

    /** As in the state's keys: never changes. */
    public String keyPart() {
        return keyPart;
    }

    /** @param key as {@link Identifier#key()} gives it */
    public static IdentifierKind ofKey(String key) {
        String part = key.substring(0, key.indexOf('/'));
        for (IdentifierKind kind : values()) {
            if (kind.keyPart.equals(part)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of identifier is called " + part);
    }
}
