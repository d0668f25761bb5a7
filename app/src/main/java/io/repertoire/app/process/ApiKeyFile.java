package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may post events: the configured keys, or, where there is none at all, one for {@code main} that is made here. */
public final class ApiKeyFile {

    private static final int KEY_BYTES = 24;

    private final SecretFile file;

    public ApiKeyFile(DataFolder data) {
        this.file = new SecretFile(data.apiKey(), KEY_BYTES);
    }

    /**
     * @param byKey key to directory
     * @param made the file of a key that this call made, for people to be told; null if it made none
     */
    public record ApiKeys(
            Map<String, String> byKey,
            @org.jspecify.annotations.Nullable Path made) {
        public ApiKeys {
            byKey = Map.copyOf(byKey);
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "ApiKeys[" + byKey.size() + "]";
        }
    }

    /** The keys to run with. A key of the file is readable by its owner only. */
    public ApiKeys keys(Configuration configuration) {
        var byKey = new LinkedHashMap<String, String>();
        for (String directory : configuration.directories()) {
            for (String key : configuration.get(directory, Settings.API_KEYS)) {
                String other = byKey.put(key, directory);
                if (other != null && !other.equals(directory)) {
                    throw Failure.usage("The directories " + other + " and " + directory
                            + " have the same API key: a key has to say which directory is meant.");
                }
            }
        }
        if (!byKey.isEmpty()) {
            return new ApiKeys(byKey, null);
        }
        try {
            boolean made = file.makeIfMissing();
            byKey.put(file.read(), Configuration.MAIN);
            return new ApiKeys(byKey, made ? file.path() : null);
        } catch (IOException unreadable) {
            throw Failure.failed("The API key file " + file.path() + " cannot be read or made.", unreadable);
        }
    }
}
