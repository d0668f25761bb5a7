package io.repertoire.sink;

/**
 * A record that cannot be put in the tables.
 *
 * @param code of a small set
 * @param exception a class name
 * @param message for people, without personal data
 */
record DeadLetter(InputRecord source, String code, String exception, String message) {

    static DeadLetter of(InputRecord source, String code, Exception cause, String message) {
        return new DeadLetter(source, code, cause.getClass().getName(), message);
    }
}
