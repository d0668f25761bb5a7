package io.repertoire.sink;

import io.repertoire.schemas.DeadLetter;

/** A record that cannot be put in the tables, and why. */
record SetAside(InputRecord source, DeadLetter why) {

    static final String STAGE = "sink";

    static SetAside of(InputRecord source, String code, String message) {
        return new SetAside(source, DeadLetter.of(STAGE, code, message));
    }

    static SetAside of(InputRecord source, Throwable thrown) {
        return new SetAside(source, DeadLetter.of(STAGE, thrown));
    }
}
