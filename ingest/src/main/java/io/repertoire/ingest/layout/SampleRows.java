package io.repertoire.ingest.layout;

/** What tells a sample row of our templates: its email address, which nobody can have. */
final class SampleRows {

    /** Domain of the addresses of sample rows; {@code .example} is set aside for such use (RFC 2606). */
    static final String DOMAIN = "@sample.repertoire.example";

    private SampleRows() {}

    static boolean isSample(String email) {
        int at = email.indexOf(DOMAIN.charAt(0));
        return at >= 0 && email.regionMatches(true, at, DOMAIN, 0, DOMAIN.length());
    }
}
