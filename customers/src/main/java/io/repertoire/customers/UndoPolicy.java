package io.repertoire.customers;

import java.time.Duration;

/**
 * Until when imports can be undone.
 *
 * @param kept how long what an import replaced is kept, from its end on
 */
public record UndoPolicy(Duration kept) {

    public static UndoPolicy defaults() {
        return new UndoPolicy(Duration.ofDays(30));
    }
}
