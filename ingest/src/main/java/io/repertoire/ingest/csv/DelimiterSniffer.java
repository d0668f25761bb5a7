package io.repertoire.ingest.csv;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Finds the delimiter from the first 64 Ki characters. */
final class DelimiterSniffer {

    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int SAMPLE = 1 << 16;
    private static final int ROWS = 50;

    private final ToIntFunction<List<String>> known;
    private final boolean repair;

    DelimiterSniffer(ToIntFunction<List<String>> known, boolean repair) {
        this.known = known;
        this.repair = repair;
    }

    /**
     * @param delimiter one of comma, semicolon, tab and pipe, or whatever a {@code sep=} line says
     * @param separatorLine that line as written, without its line end; null if there is none
     */
    record Finding(char delimiter, @Nullable String separatorLine) {}

    Finding sniff(Reader in) throws IOException {
        char[] sample = new char[SAMPLE];
        int length = 0;
        while (length < SAMPLE) {
            int n = in.read(sample, length, SAMPLE - length);
            if (n < 0) {
                break;
            }
            length += n;
        }
        Finding said = separatorLine(sample, length);
        if (said != null) {
            return said;
        }
        Score best = null;
        for (char candidate : CANDIDATES) {
            Score score = score(candidate, sample, length);
            if (score == null) {
                return new Finding(candidate, null);
            }
            if (best == null || score.betterThan(best)) {
                best = score;
            }
        }
        return new Finding(best == null ? ',' : best.delimiter, null);
    }

    /** {@code sep=;} alone on the first line: what Excel writes and obeys. */
    private static @Nullable Finding separatorLine(char[] sample, int length) {
        int end = 0;
        while (end < length && sample[end] != '\n' && sample[end] != '\r') {
            end++;
        }
        String line = new String(sample, 0, end);
        String bare = line.startsWith("\"") && line.endsWith("\"") && end > 1 ? line.substring(1, end - 1) : line;
        boolean says = bare.length() == 5 && bare.regionMatches(true, 0, "sep=", 0, 4) && bare.charAt(4) != '"';
        return says ? new Finding(bare.charAt(4), line) : null;
    }

    private record Score(char delimiter, int known, double even, int cells) {
        boolean betterThan(Score other) {
            if (known != other.known) {
                return known > other.known;
            }
            if (cells > 1 != other.cells > 1) {
                return cells > 1;
            }
            return even != other.even ? even > other.even : cells > other.cells;
        }
    }

    /** Null if the file holds nothing but this delimiter and white space. */
    private @Nullable Score score(char delimiter, char[] sample, int length) throws IOException {
        var splitter = new RecordSplitter(new CharArrayReader(sample, 0, length), delimiter, CsvLimits.DEFAULT);
        var parser = new CellParser(splitter, delimiter, repair);
        CsvRow header = parser.next();
        if (header == null) {
            return null;
        }
        if (header.fault() != null) {
            // Too many of it is a sign of it too, and what the refusal should be about.
            return new Score(delimiter, 0, 0, header.fault() == RowFault.TOO_MANY_CELLS ? Integer.MAX_VALUE : 0);
        }
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            cells.add(header.cell(i));
        }
        int rows = 0;
        int same = 0;
        for (CsvRow row = parser.next(); row != null && rows < ROWS; row = parser.next()) {
            rows++;
            same += row.size() == header.size() ? 1 : 0;
        }
        return new Score(delimiter, known.applyAsInt(cells), rows == 0 ? 1 : (double) same / rows, header.size());
    }
}
