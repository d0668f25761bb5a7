package io.repertoire.app.config;

import io.repertoire.customers.contact.BlockList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text to value; a message of a refusal completes the sentence "… must be". */
final class Parsers {

    static final Setting.Parser<String> TEXT = text -> text;

    private Parsers() {}

    /** Not blank: that would be wherever the command is run. */
    static String folder(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the name of a folder; . is the one the command is run in");
        }
        return text;
    }

    static Setting.Parser<Integer> integer(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // said below, in the same words
            }
            throw new IllegalArgumentException("a whole number from " + least + " to " + most);
        };
    }

    static Setting.Parser<Long> milliseconds(long least) {
        return text -> {
            try {
                long value = Long.parseLong(text);
                if (value >= least) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // said below, in the same words
            }
            throw new IllegalArgumentException("a whole number of milliseconds, at least " + least);
        };
    }

    static Setting.Parser<String> oneOf(String... allowed) {
        var choices = List.of(allowed);
        return text -> {
            if (choices.contains(text)) {
                return text;
            }
            throw new IllegalArgumentException("one of " + String.join(", ", choices));
        };
    }

    static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    /** Blank, or {@code host:port} separated by commas. */
    static String servers(String text) {
        for (String server : list(text)) {
            int colon = server.lastIndexOf(':');
            if (colon < 1 || !isPort(server.substring(colon + 1))) {
                throw new IllegalArgumentException("host:port, several separated by commas");
            }
        }
        return text;
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65536;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** Blank, or addresses that begin with http:// or https://, separated by commas. */
    static String httpUrls(String text) {
        for (String url : list(text)) {
            if (!url.startsWith("http://") && !url.startsWith("https://")) {
                throw new IllegalArgumentException("an address that begins with http:// or https://");
            }
        }
        return text;
    }

    /** Blank, or a JDBC address of PostgreSQL. */
    static String jdbcUrl(String text) {
        if (!text.isEmpty() && !text.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("an address that begins with jdbc:postgresql://");
        }
        return text;
    }

    /** ISO 3166 alpha-2, upper case. */
    static String region(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (Arrays.asList(Locale.getISOCountries()).contains(upper)) {
            return upper;
        }
        throw new IllegalArgumentException("a country of two letters, such as CA or FR");
    }

    /** Separated by commas or blanks; empty parts are ignored. */
    static List<String> list(String text) {
        return Arrays.stream(text.split("[,\\s]+", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Separated by commas, in this order; a name may hold blanks. */
    static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Rules of a block list, separated by semicolons. */
    static List<String> blockList(String text) {
        return rules(Arrays.asList(text.split(";", -1)));
    }

    /** Blank, or a file of such rules. */
    static List<String> blockListFile(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return rules(Files.readAllLines(Path.of(text), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("a file of UTF-8 text that can be read");
        }
    }

    private static List<String> rules(List<String> lines) {
        try {
            return BlockList.of(lines).rules();
        } catch (IllegalArgumentException notARule) {
            throw new IllegalArgumentException(
                    "rules of a kind (email-local, email-domain, email-regex, role, synthetic, phone, phone-regex) and"
                            + " a value; "
                            + notARule.getMessage());
        }
    }

    static Set<String> phones(String text) {
        var phones = Set.copyOf(list(text));
        if (phones.stream().allMatch(Parsers::looksLikeE164)) {
            return phones;
        }
        throw new IllegalArgumentException("numbers such as +15145550101, separated by commas");
    }

    private static boolean looksLikeE164(String text) {
        return text.length() > 4
                && text.length() <= 16
                && text.charAt(0) == '+'
                && text.substring(1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static Set<String> emails(String text) {
        var emails = Set.copyOf(list(text.toLowerCase(Locale.ROOT)));
        if (emails.stream().allMatch(email -> email.indexOf('@') >= 0)) {
            return emails;
        }
        throw new IllegalArgumentException(
                "addresses such as shop@example.org, or whole domains such as @example.org, separated by commas");
    }

    /** Long enough not to be guessed, in their order. */
    /** One, or none. */
    static String secret(String text) {
        if (text.isEmpty() || text.length() >= 16) {
            return text;
        }
        throw new IllegalArgumentException("a secret of 16 characters or more");
    }

    static List<String> secrets(String text) {
        List<String> secrets = list(text);
        if (secrets.stream().allMatch(secret -> secret.length() >= 16)) {
            return secrets;
        }
        throw new IllegalArgumentException("secrets of 16 characters or more, separated by commas");
    }

    /** Long enough not to be guessed. */
    static Set<String> apiKeys(String text) {
        var keys = Set.copyOf(list(text));
        if (keys.stream().allMatch(key -> key.length() >= 16)) {
            return keys;
        }
        throw new IllegalArgumentException("keys of 16 characters or more, separated by commas");
    }
}
