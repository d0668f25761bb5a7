package io.repertoire.ingest.xlsx;

/**
 * What a workbook may be.
 *
 * @param partBytes of one unpacked part, a sheet among them
 * @param sharedBytes of the unpacked table of texts, which is held in memory while the sheet is read
 * @param ratio an unpacked part may be this many times its packed size
 * @param ratioFrom smaller parts may be anything
 * @param cellChars of one cell; Excel's own limit is 32,767
 * @param parts in the archive
 */
record WorkbookLimits(long partBytes, long sharedBytes, int ratio, long ratioFrom, int cellChars, int parts) {

    static final WorkbookLimits DEFAULT = new WorkbookLimits(2L << 30, 64L << 20, 200, 16L << 20, 100_000, 10_000);

    /** A sheet of Excel has no more. */
    static final int MOST_ROWS = 1_048_576;

    static final int MOST_COLUMNS = 16_384;
}
