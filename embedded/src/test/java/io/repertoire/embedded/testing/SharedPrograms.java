package io.repertoire.embedded.testing;

import java.nio.file.Path;

/** PostgreSQL's programs, which outlive a run: unpacking them takes most of a first start. */
public final class SharedPrograms {

    private SharedPrograms() {}

    public static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "repertoire-postgres-" + System.getProperty("user.name"));
    }
}
