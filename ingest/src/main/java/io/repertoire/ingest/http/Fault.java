package io.repertoire.ingest.http;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong, and where.
 *
 * @param detail what is wrong and how to mend it; never holds a value of the caller's
 * @param pointer JSON pointer (RFC 6901) into the event; {@code null} where it is not about one place of it
 * @param line line of the body, from 1; 0 where there is none
 * @param column character of that line, from 1; 0 where there is none
 */
record Fault(ProblemCode code, String detail, @Nullable String pointer, int line, int column) {

    static Fault of(ProblemCode code, String detail) {
        return new Fault(code, detail, null, 0, 0);
    }
}
