package io.repertoire.app.config;

import io.repertoire.schemas.Keys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The configuration in force: valid, and never changed again. */
public final class Configuration {

    /** The directory that is there without being named. */
    public static final String MAIN = "main";

    private final Map<String, Value> values;
    private final List<String> warnings;

    Configuration(Map<String, Value> values, List<String> warnings) {
        this.values = new LinkedHashMap<>(values);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * One value as it was said.
     *
     * @param source where: {@code default}, {@code file NAME}, {@code environment NAME}, {@code flag NAME}
     */
    record Value(String text, String source) {}

    /**
     * One line of what is in force.
     *
     * @param value masked when it is a secret
     * @param source where it comes from
     */
    public record Entry(String key, String value, String source) {}

    public <T> T get(Setting<T> setting) {
        return setting.parser().parse(text(setting.key(), setting));
    }

    /** The value of one directory's setting; a directory that nothing was said about has the defaults. */
    public <T> T get(String directory, Setting<T> setting) {
        return setting.parser().parse(text(Settings.DIRECTORY_PREFIX + directory + '.' + setting.key(), setting));
    }

    private String text(String key, Setting<?> setting) {
        Value value = values.get(key);
        return value == null ? setting.defaultValue() : value.text();
    }

    /** True unless the value is the built-in one. */
    public boolean isSet(Setting<?> setting) {
        Value value = values.get(setting.key());
        return value != null && !value.source().equals(ConfigurationLoader.DEFAULT);
    }

    /** True if the text is not empty: a server of the user's own. */
    public boolean has(Setting<String> setting) {
        return !get(setting).isEmpty();
    }

    /** Absolute. */
    public Path dataDir() {
        return Path.of(get(Settings.DATA_DIR)).toAbsolutePath().normalize();
    }

    /** {@value #MAIN} and every directory that something was said about. */
    public SortedSet<String> directories() {
        var names = new TreeSet<String>();
        names.add(MAIN);
        for (String key : values.keySet()) {
            String name = directoryOf(key);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Kafka settings for every client: {@code kafka.*} without the prefix, the servers' addresses aside. */
    public Map<String, String> kafka() {
        return kafka("kafka.");
    }

    public Map<String, String> kafkaProducer() {
        return kafka("kafka.producer.");
    }

    public Map<String, String> kafkaConsumer() {
        return kafka("kafka.consumer.");
    }

    public Map<String, String> kafkaStreams() {
        return kafka("kafka.streams.");
    }

    private Map<String, String> kafka(String prefix) {
        var found = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> {
            if (!key.equals(Settings.KAFKA_BOOTSTRAP_SERVERS.key()) && prefix.equals(kafkaPrefixOf(key))) {
                found.put(key.substring(prefix.length()), value.text());
            }
        });
        return found;
    }

    /** What is in force, in the reference's order, secrets masked. */
    public List<Entry> entries() {
        return values.entrySet().stream()
                .map(e -> new Entry(
                        e.getKey(),
                        Secrets.masked(e.getKey(), e.getValue().text()),
                        e.getValue().source()))
                .toList();
    }

    /** Things that do not stop anything but are probably not meant. */
    public List<String> warnings() {
        return warnings;
    }

    static @Nullable String kafkaPrefixOf(String key) {
        for (String prefix : Settings.KAFKA_PREFIXES) {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                return prefix;
            }
        }
        return null;
    }

    /** NAME of {@code directory.NAME.setting}, or null. A name may hold dots, so the known settings decide where it ends. */
    static @Nullable String directoryOf(String key) {
        if (!key.startsWith(Settings.DIRECTORY_PREFIX)) {
            return null;
        }
        for (Setting<?> setting : Settings.OF_A_DIRECTORY) {
            String suffix = '.' + setting.key();
            if (key.endsWith(suffix) && key.length() > Settings.DIRECTORY_PREFIX.length() + suffix.length()) {
                String name = key.substring(Settings.DIRECTORY_PREFIX.length(), key.length() - suffix.length());
                return Keys.isDirectoryId(name) ? name : null;
            }
        }
        return null;
    }

    static @Nullable Setting<?> settingOf(String key) {
        for (Setting<?> setting : Settings.ALL) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        if (directoryOf(key) != null) {
            for (Setting<?> setting : Settings.OF_A_DIRECTORY) {
                if (key.endsWith('.' + setting.key())) {
                    return setting;
                }
            }
        }
        return null;
    }
}
