package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.nio.file.Path;

/** A file that should hold properties does not. */
final class MalformedOptionsException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedOptionsException(Path file, IllegalArgumentException cause) {
        super("not a properties file: " + file.getFileName(), cause);
    }
}
