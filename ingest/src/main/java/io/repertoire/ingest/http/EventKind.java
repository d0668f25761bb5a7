package io.repertoire.ingest.http;

/** What an event is about. */
public enum EventKind {
    CUSTOMER("customer"),
    SALE("sale");

    private final String word;

    EventKind(String word) {
        this.word = word;
    }

    /** As spelled in the JSON field {@code type} and in metric tags. */
    public String word() {
        return word;
    }
}
