package io.repertoire.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configuration together: built-in values, then a properties file, then the environment, then flags; the later wins.
 * Every problem is reported, not only the first.
 */
public final class ConfigurationLoader {

    public static final String FILE_NAME = "repertoire.properties";
    static final String DEFAULT = "default";
    private static final String ENVIRONMENT_PREFIX = "REPERTOIRE_";

    /** Read by the launcher or by tests, not settings. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("REPERTOIRE_JAVA_OPTS", "REPERTOIRE_SHARED", "REPERTOIRE_HOME", "REPERTOIRE_BUILD_OPTS");

    private final Map<String, Configuration.Value> values = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ConfigurationLoader() {}

    /** What loading came to. */
    public sealed interface Loaded {
        /** It can be used. */
        record Valid(Configuration configuration) implements Loaded {}

        /** It cannot; each problem is one line for people. */
        record Invalid(List<String> problems) implements Loaded {}
    }

    /**
     * @param file the file of {@code --config}; null: {@value #FILE_NAME} in {@code folder}, if it is there
     * @param environment the process's environment; only names that begin with {@code REPERTOIRE_} are read
     * @param flags key to value, as given on the command line
     */
    public static Loaded load(
            Path folder, @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        var loader = new ConfigurationLoader();
        for (Setting<?> setting : Settings.ALL) {
            loader.values.put(setting.key(), new Configuration.Value(setting.defaultValue(), DEFAULT));
        }
        loader.readFile(folder, file);
        loader.readEnvironment(environment);
        new TreeMap<>(flags).forEach((key, value) -> loader.put(key, value, "flag"));
        if (!loader.problems.isEmpty()) {
            return new Loaded.Invalid(List.copyOf(loader.problems));
        }
        return new Loaded.Valid(new Configuration(loader.inOrder(), loader.warnings));
    }

    private void readFile(Path folder, @Nullable Path named) {
        Path file = folder.resolve(named == null ? Path.of(FILE_NAME) : named);
        if (named == null && !Files.exists(file)) {
            return;
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add("The configuration file " + file + " cannot be read" + whyUnreadable(file));
            return;
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            put(key, properties.getProperty(key), "file " + file.getFileName());
        }
    }

    private static String whyUnreadable(Path file) {
        if (!Files.exists(file)) {
            return ": there is no such file.";
        }
        if (Files.isDirectory(file)) {
            return ": it is a folder.";
        }
        return Files.isReadable(file) ? " (it has to be UTF-8 text)." : ": there is no permission to.";
    }

    private void readEnvironment(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(ENVIRONMENT_PREFIX) || NOT_SETTINGS.contains(name)) {
                continue;
            }
            String key = keyOf(name);
            if (key == null) {
                // Not a problem: Kubernetes sets such variables for a service of our name.
                warnings.add("The environment variable " + name + " is no setting and was ignored.");
            } else {
                put(key, variable.getValue(), "environment " + name);
            }
        }
    }

    private @Nullable String keyOf(String environmentName) {
        for (Setting<?> setting : Settings.ALL) {
            if (setting.environmentName().equals(environmentName)) {
                return setting.key();
            }
        }
        String directories = Setting.environmentName(Settings.DIRECTORY_PREFIX);
        if (environmentName.startsWith(directories)) {
            for (Setting<?> setting : Settings.OF_A_DIRECTORY) {
                String suffix = Setting.environmentName('.' + setting.key()).substring(ENVIRONMENT_PREFIX.length());
                int end = environmentName.length() - suffix.length();
                if (environmentName.endsWith(suffix) && end > directories.length()) {
                    String name = directoryNamed(environmentName.substring(directories.length(), end));
                    return Settings.DIRECTORY_PREFIX + name + '.' + setting.key();
                }
            }
            return null;
        }
        if (environmentName.startsWith("REPERTOIRE_KAFKA_")) {
            return environmentName
                    .substring(ENVIRONMENT_PREFIX.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
        }
        return null;
    }

    /** The directory of the file whose name looks like this in the environment, else the name with hyphens. */
    private String directoryNamed(String environmentPart) {
        for (String key : values.keySet()) {
            String name = Configuration.directoryOf(key);
            if (name != null && Setting.environmentName(name).equals(ENVIRONMENT_PREFIX + environmentPart)) {
                return name;
            }
        }
        return environmentPart.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void put(String key, String text, String source) {
        String value = text.strip();
        Setting<?> setting = Configuration.settingOf(key);
        if (setting == null && Configuration.kafkaPrefixOf(key) == null) {
            problems.add("Unknown setting " + key + " (" + source + ")." + suggestion(key));
            return;
        }
        if (setting != null && !value.equals(setting.defaultValue())) {
            try {
                var unused = setting.parser().parse(value);
            } catch (IllegalArgumentException wrong) {
                problems.add(key + " (" + source + ") must be " + wrong.getMessage()
                        + (setting.secret() ? "." : ", not \"" + value + "\"."));
                return;
            }
        }
        values.put(key, new Configuration.Value(value, source));
    }

    private static String suggestion(String key) {
        if (key.startsWith(Settings.DIRECTORY_PREFIX)) {
            return " A directory's settings are directory.NAME. and one of "
                    + String.join(
                            ", ",
                            Settings.OF_A_DIRECTORY.stream().map(Setting::key).toList())
                    + "; its name has lower case letters, digits, dots, hyphens and underscores.";
        }
        return " \"repertoire config\" lists the settings.";
    }

    /** The reference's order first, then what only this installation has, by name. */
    private Map<String, Configuration.Value> inOrder() {
        var ordered = new LinkedHashMap<String, Configuration.Value>();
        var rest = new TreeMap<>(values);
        for (Setting<?> setting : Settings.ALL) {
            Configuration.Value value = rest.remove(setting.key());
            if (value != null) {
                ordered.put(setting.key(), value);
            }
        }
        ordered.putAll(rest);
        return ordered;
    }
}
