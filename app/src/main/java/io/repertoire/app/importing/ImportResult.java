package io.repertoire.app.importing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.sink.ImportView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file.
 *
 * @param file as the user named it
 * @param sha256 of its content
 * @param view the import, complete or refused
 * @param duplicateOf the import that had this content before; then the counts are that import's
 * @param rejectsFile null if no row was rejected, or it is a dry run whose rows were decided
 * @param other how the import differs from what was asked for
 */
public record ImportResult(
        String file,
        @Nullable String sha256,
        ImportView view,
        @Nullable String duplicateOf,
        @Nullable String rejectsFile,
        OtherOptions other) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** True if not one row of it was taken. */
    public boolean refused() {
        return !view.taken();
    }

    /** What is wrong with an import that ended all the same; null if nothing is. */
    public @Nullable String fault() {
        if (view.taken() && view.refusedCode() != null) {
            return view.refusedMessage() + " (" + view.refusedCode() + ")";
        }
        if (!balances()) {
            return "The counts of import " + view.importId()
                    + " do not add up to the rows read. This is a fault of Repertoire: please report it.";
        }
        if (!refused() && view.differsFromDeclared()) {
            return String.format(
                    Locale.ROOT,
                    "%,d rows of import %s were sent and %,d were decided: see \"dlq show\".",
                    view.declaredRead(),
                    view.importId(),
                    view.read());
        }
        return null;
    }

    /** What the user should know besides; null if nothing. */
    public @Nullable String notice() {
        return other.afterwards(view.importId(), duplicateOf != null);
    }

    private List<Count> counts() {
        return List.of(
                new Count("created", view.created()),
                new Count("updated", view.updated()),
                new Count("unchanged", view.unchanged()),
                new Count("merged", view.merged()),
                new Count("review", view.review()),
                new Count("rejected", view.rejected()),
                new Count("suppressed", view.suppressed()));
    }

    private record Count(String name, long rows) {}

    /** Every row read has exactly one outcome. */
    private boolean balances() {
        return refused() || counts().stream().mapToLong(Count::rows).sum() == view.read();
    }

    /** From the moment ingest took the file to the moment its last row could be read. */
    double seconds() {
        Instant from = view.claimedAt();
        Instant to = view.completedAt();
        return from == null || to == null ? 0 : Duration.between(from, to).toMillis() / 1000.0;
    }

    /** One line; its fields are fixed. */
    public String json() {
        ObjectNode node = JSON.createObjectNode()
                .put("file", file)
                .put("sha256", sha256 == null ? view.sha256() : sha256)
                .put("importId", view.importId())
                .put("layout", blankToNull(view.layout()))
                .put("encoding", blankToNull(view.encoding()))
                .put("delimiter", emptyToNull(view.delimiter()));
        if (refused()) {
            node.putObject("refused").put("code", view.refusedCode()).put("message", view.refusedMessage());
        } else {
            node.put("read", view.read());
            counts().forEach(count -> node.put(count.name(), count.rows()));
        }
        node.put("rejectsFile", rejectsFile);
        if (!refused()) {
            node.put("seconds", seconds());
        }
        if (duplicateOf != null) {
            node.put("duplicateOf", duplicateOf);
        }
        if (!other.isNone()) {
            other.addTo(node.putObject("otherOptions"));
        }
        if (view.dryRun()) {
            node.put("dryRun", true).put("directoryChangedMeanwhile", view.directoryChangedMeanwhile());
        }
        return node.toString();
    }

    /** A tab is blank and a delimiter. */
    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** For people, several lines. */
    public String text() {
        if (refused()) {
            return file + ": refused, nothing was imported\n  " + view.refusedMessage() + " (" + view.refusedCode()
                    + ")" + (rejectsFile == null ? "" : "\n  " + rejectsFile);
        }
        var text = new StringBuilder(file).append(": ");
        if (view.dryRun()) {
            text.append("dry run, nothing was changed; ");
        }
        if (duplicateOf != null) {
            text.append("imported before, nothing was changed; --force imports it again. It was import ")
                    .append(duplicateOf)
                    .append(", with ");
        }
        text.append(String.format(Locale.ROOT, "%,d %s read", view.read(), view.read() == 1 ? "row" : "rows"));
        if (duplicateOf == null) {
            text.append(String.format(Locale.ROOT, " in %.1f s", seconds()));
        }
        text.append(" (")
                .append(view.layout())
                .append(", ")
                .append(view.encoding())
                .append(", ")
                .append(delimiterName(view.delimiter()))
                .append(")\n");
        for (Count count : counts()) {
            text.append(String.format(Locale.ROOT, "  %-10s %,10d", count.name(), count.rows()));
            if (count.name().equals("rejected") && rejectsFile != null) {
                text.append("   ").append(rejectsFile);
            }
            text.append('\n');
        }
        text.append("  import ").append(view.importId());
        if (view.dryRun()) {
            text.append("; \"imports show ").append(view.importId()).append(" --rows\" tells of each row");
        }
        if (view.dryRun() && view.directoryChangedMeanwhile()) {
            text.append("\n  Something else changed the directory meanwhile: the import may count otherwise.");
        }
        if (view.notes() != null && !view.notes().isBlank()) {
            text.append("\n  ").append(view.notes());
        }
        return text.toString();
    }

    private static String delimiterName(@Nullable String delimiter) {
        return switch (delimiter == null ? "" : delimiter) {
            case "," -> "comma";
            case ";" -> "semicolon";
            case "\t" -> "tab";
            case "|" -> "pipe";
            case "" -> "workbook";
            default -> "delimiter " + delimiter;
        };
    }
}
