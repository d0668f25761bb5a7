package io.repertoire.ingest.inbox;

import io.repertoire.customers.ProblemCode;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problems in the words of the person who gets the rejects file. */
final class ProblemTexts {

    private record Words(String english, String french) {
        String in(String language) {
            return language.equals("fr") ? french : english;
        }
    }

    /** Fields of the contract that rows are told about most, for where no column of the file is named. */
    private static final Map<String, Words> FIELDS = Map.ofEntries(
            Map.entry("given_name", new Words("First name", "Prénom")),
            Map.entry("family_name", new Words("Last name", "Nom")),
            Map.entry("company_name", new Words("Company", "Entreprise")),
            Map.entry("emails", new Words("Email", "Courriel")),
            Map.entry("phones", new Words("Phone", "Téléphone")),
            Map.entry("addresses", new Words("Address", "Adresse")),
            Map.entry("birth_date", new Words("Birthday", "Date de naissance")),
            Map.entry("consents", new Words("Consent", "Consentement")),
            Map.entry("external_ids", new Words("Identifier", "Identifiant")),
            Map.entry("preferred_language", new Words("Language", "Langue")),
            Map.entry("tax_ids", new Words("Tax number", "Numéro fiscal")));

    private ProblemTexts() {}

    /** What the first error is about, as the file calls it where a column is to blame; empty for the whole row. */
    static String field(List<Problem> problems, String language) {
        for (Problem problem : problems) {
            if (problem.getSeverity() == Severity.ERROR) {
                String about = about(problem, language);
                return about == null ? "" : about;
            }
        }
        return "";
    }

    private static @Nullable String about(Problem problem, String language) {
        String field = problem.getField();
        if (problem.getColumn() != null || field == null) {
            return problem.getColumn();
        }
        Words words = FIELDS.get(field.replaceFirst("[\\[.].*", ""));
        return words == null ? field : words.in(language);
    }

    /** All of them, errors first, those of one kind once. */
    static String text(List<Problem> problems, @Nullable Long spreadsheetRow, String language) {
        var text = new StringBuilder();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            for (Problem problem : problems) {
                if (problem.getSeverity() == severity) {
                    String words = words(problem, language);
                    String about = severity == Severity.WARNING ? about(problem, language) : null;
                    String said = about == null ? words : about + ": " + words;
                    if (text.indexOf(said) < 0) {
                        text.append(text.isEmpty() ? "" : " ").append(said);
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
