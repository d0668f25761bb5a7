package io.repertoire.app.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which values are never shown, and how they look instead. */
final class Secrets {

    static final String MASK = "********";

    /** Kafka's own secrets, by parts of their names. */
    private static final List<String> SECRET_PARTS =
            List.of("password", "secret", "jaas", "token", "credential", "user.info", "keystore.key");

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)([?&;](?:ssl)?password=)[^&;]*");
    private static final Pattern USER_IN_URL = Pattern.compile("(://[^/:@\\s]*):[^/@\\s]*@");

    private Secrets() {}

    static String masked(String key, String value) {
        if (value.isEmpty()) {
            return value;
        }
        Setting<?> setting = Configuration.settingOf(key);
        String lower = key.toLowerCase(Locale.ROOT);
        if (setting != null ? setting.secret() : SECRET_PARTS.stream().anyMatch(lower::contains)) {
            return MASK;
        }
        String withoutPassword = PASSWORD_IN_URL.matcher(value).replaceAll("$1" + MASK);
        return USER_IN_URL.matcher(withoutPassword).replaceAll("$1:" + MASK + "@");
    }
}
