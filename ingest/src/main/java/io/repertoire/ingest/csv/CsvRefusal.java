package io.repertoire.ingest.csv;

/**
 * Why a file was not taken at all.
 *
 * @param code stable
 * @param message for the person who sent it: what is wrong and what to do; no content of the file
 */
public record CsvRefusal(String code, String message) implements CsvFile {

    public static final String EMPTY_FILE = "EMPTY_FILE";
    public static final String NOT_CSV_XLSX = "NOT_CSV_XLSX";
    public static final String BINARY = "BINARY";
    public static final String UNREADABLE_HEADER = "UNREADABLE_HEADER";

    static CsvRefusal emptyFile() {
        return new CsvRefusal(EMPTY_FILE, "The file is empty: there is nothing to import.");
    }
}
