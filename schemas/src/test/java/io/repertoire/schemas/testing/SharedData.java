package io.repertoire.schemas.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Sample files made by others, kept beside the repository; a test that needs one is skipped where they are missing. */
public final class SharedData {

    private SharedData() {}

    public static Path require(String relative) {
        Path file = root().resolve("data").resolve(relative);
        Assumptions.assumeTrue(Files.exists(file), () -> "no sample data: " + relative);
        return file;
    }

    private static Path root() {
        String configured = System.getenv("REPERTOIRE_SHARED");
        if (configured != null && !configured.isBlank()) {
            return Path.of(configured);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path shared = folder.resolveSibling("shared");
            if (Files.isDirectory(shared)) {
                return shared;
            }
        }
        return Path.of("shared");
    }
}
