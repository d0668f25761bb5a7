package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** For tests in which nothing is expected to be stuck. */
final class Recovered {

    static final Consumer<IOException> ALL = stuck -> {
        throw new UncheckedIOException(stuck);
    };

    private Recovered() {}
}
