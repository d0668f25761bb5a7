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

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url + ", user=" + user + "]";
    }
}
