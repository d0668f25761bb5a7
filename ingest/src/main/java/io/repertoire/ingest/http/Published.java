package io.repertoire.ingest.http;

/** What became of an event. */
sealed interface Published {

    /** Kafka has it, on every in-sync replica. */
    record Acknowledged() implements Published {
        static final Acknowledged INSTANCE = new Acknowledged();
    }

    /** Kafka does not have it, or, with {@link ProblemCode#UNKNOWN_FATE}, may have it. */
    record NotTaken(Problem problem) implements Published {}
}
