package io.repertoire.app.cli;

/** Cells of the answers that are CSV. */
final class Csv {

    private Csv() {}

    /** Quoted where it has to be. */
    static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
