package io.repertoire.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database and who we are there.
 *
 * @param url {@code jdbc:postgresql://…}
 * @param user {@code null} where the URL says it
 * @param password {@code null} where none is needed or the URL holds it
 */
public record JdbcAddress(
        String url, @Nullable String user, @Nullable String password) {

    /** Without the password; a URL's parameters, which may hold one, are cut off. */
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
