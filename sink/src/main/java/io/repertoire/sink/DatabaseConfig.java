package io.repertoire.sink;

import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is.
 *
 * @param url a {@code jdbc:postgresql:} URL
 * @param user null if the URL says it
 * @param password null if the URL says it, or there is none
 */
public record DatabaseConfig(
        String url, @Nullable String user, @Nullable String password) {

    /** Without the password; the URL's parameters, which may hold one, are cut off. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return "DatabaseConfig[url=" + (parameters < 0 ? url : url.substring(0, parameters)) + ", user=" + user + "]";
    }
}
