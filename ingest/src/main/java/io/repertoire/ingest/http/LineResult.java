package io.repertoire.ingest.http;

import java.util.List;

/** What became of one line of a batch. */
sealed interface LineResult {

    /** Line of the body, from 1. */
    int line();

    /** Kafka has it. */
    record Accepted(int line, InputEvent event, List<Warning> warnings) implements LineResult {}

    /** Kafka does not have it, or nobody knows. */
    record NotTaken(int line, Problem problem) implements LineResult {

        /** {@code refused}: mend it; {@code unavailable}: send it again; {@code unknown}: send it again, it may be there. */
        String status() {
            if (problem.code() == ProblemCode.UNKNOWN_FATE) {
                return "unknown";
            }
            return problem.retryAfter() == null ? "refused" : "unavailable";
        }
    }
}
