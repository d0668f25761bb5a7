package io.repertoire.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * Where Apicurio Registry's jars are. The build unpacks them to {@code embedded/target/registry}; an installation puts the folder
 * anywhere beside or above ours, or says where with {@code -Drepertoire.registry.home}.
 */
final class RegistryDistribution {

    static final String PROPERTY = "repertoire.registry.home";
    private static final int LEVELS = 4;

    private RegistryDistribution() {}

    /** The jar to run. */
    static Path jar() throws IOException {
        var candidates = new ArrayList<Path>();
        var configured = System.getProperty(PROPERTY);
        if (configured != null) {
            candidates.add(Path.of(configured));
        } else {
            Path folder = ownPlace().getParent();
            for (int i = 0; i < LEVELS && folder != null; i++, folder = folder.getParent()) {
                candidates.add(folder.resolve("registry"));
                candidates.add(folder.resolve("embedded").resolve("target").resolve("registry"));
            }
        }
        for (var candidate : candidates) {
            if (Files.isDirectory(candidate)) {
                try (var jars = Files.newDirectoryStream(candidate, "apicurio-registry-app-*-runner.jar")) {
                    for (var jar : jars) {
                        return jar;
                    }
                }
            }
        }
        throw new EmbeddedServerException("Apicurio Registry's files are not found in " + candidates
                + ": build the project again, or set " + PROPERTY + ", or configure schema.registry.url");
    }

    private static Path ownPlace() {
        try {
            return Path.of(RegistryDistribution.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
