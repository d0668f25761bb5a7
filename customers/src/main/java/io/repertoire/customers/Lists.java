package io.repertoire.customers;

import java.util.List;

/** A decoded Avro list cannot remove through its iterator, so {@code remove(Object)} and {@code removeIf} fail on state values. */
final class Lists {

    private Lists() {}

    /** @return whether it was there */
    static <T> boolean remove(List<T> list, T value) {
        int at = list.indexOf(value);
        if (at >= 0) {
            list.remove(at);
        }
        return at >= 0;
    }
}
