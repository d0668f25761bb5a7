package io.repertoire.ingest.csv;

/**
 * What one record may be. A record beyond a limit is rejected by itself; reading goes on after it.
 *
 * @param fieldChars characters of one cell
 * @param recordChars characters of one record, quotes and delimiters included
 * @param cells cells of one record; a spreadsheet has 16,384 columns
 */
public record CsvLimits(int fieldChars, int recordChars, int cells) {

    public static final CsvLimits DEFAULT = new CsvLimits(1 << 20, 8 << 20, 16_384);
}
