package io.repertoire.schemas;

import java.util.regex.Pattern;

/**
 * Record keys: plain UTF-8 strings, {@code directory} or {@code directory/own id}. A directory id never holds a slash, so the
 * first slash ends it; the own id may hold any character. No key ever holds an email or a phone number.
 */
public final class Keys {

    private static final Pattern DIRECTORY_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private Keys() {}

    /** {@code directory/id}. */
    public static String of(String directoryId, String id) {
        return directoryId + '/' + id;
    }

    /** The directory of either form of key. */
    public static String directoryOf(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    /** The part after the directory; the whole key if it has no slash. */
    public static String idOf(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    /** Lower case letters, digits, dot, underscore and hyphen; 63 at most: also safe as a folder's name. */
    public static boolean isDirectoryId(String value) {
        return DIRECTORY_ID.matcher(value).matches();
    }
}
