package io.repertoire.ingest.inbox;

import io.repertoire.customers.ProblemCode;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Problems in the words of the person who gets the rejects file. */
final class ProblemTexts {

    private ProblemTexts() {}

    /** The column the first error is about, as the file calls it; empty for the whole row. */
    static String field(List<Problem> problems) {
        for (Problem problem : problems) {
            if (problem.getSeverity() == Severity.ERROR) {
                String column = problem.getColumn();
                String field = problem.getField();
                return column != null ? column : field == null ? "" : field;
            }
        }
        return "";
    }

    /** All of them, errors first, those of one kind once. */
    static String text(List<Problem> problems, @Nullable Long spreadsheetRow, String language) {
        var text = new StringBuilder();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            for (Problem problem : problems) {
                if (problem.getSeverity() == severity) {
                    String words = words(problem, language);
                    String column = problem.getColumn();
                    String about = severity == Severity.WARNING && column != null ? column + ": " + words : words;
                    if (text.indexOf(about) < 0) {
                        text.append(text.isEmpty() ? "" : " ").append(about);
                    }
                }
            }
        }
        if (spreadsheetRow != null) {
            text.append(language.equals("fr") ? " (rangée " : " (spreadsheet row ")
                    .append(spreadsheetRow)
                    .append(')');
        }
        return text.toString();
    }

    private static String words(Problem problem, String language) {
        String french = language.equals("fr") ? french(problem.getCode()) : null;
        String message = problem.getMessage();
        return french != null ? french : message == null ? problem.getCode() : message;
    }

    private static @Nullable String french(String code) {
        for (RowFault fault : RowFault.values()) {
            if (fault.name().equals(code)) {
                return fault.french();
            }
        }
        ProblemCode known = ProblemCode.of(code);
        return known == null ? null : known.french();
    }
}
