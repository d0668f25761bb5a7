package io.repertoire.sink;

/**
 * Where PostgreSQL is.
 *
 * @param url a {@code jdbc:postgresql:} URL
 * @param password may be empty
 */
public record DatabaseConfig(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url + ", user=" + user + "]";
    }
}
