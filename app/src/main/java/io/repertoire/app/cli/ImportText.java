package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.sink.ImportView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Imports in words, tables and JSON. */
final class ImportText {

    private ImportText() {}

    static List<String> table(List<ImportView> imports) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                "%-26s %-15s %9s %9s %9s %9s %8s %8s %8s %8s  %s",
                "import",
                "status",
                "read",
                "created",
                "updated",
                "unchanged",
                "merged",
                "review",
                "rejected",
                "suppr.",
                "file"));
        for (ImportView view : imports) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-26s %-15s %9d %9d %9d %9d %8d %8d %8d %8d  %s",
                    view.importId(),
                    word(view),
                    view.read(),
                    view.created(),
                    view.updated(),
                    view.unchanged(),
                    view.merged(),
                    view.review(),
                    view.rejected(),
                    view.suppressed(),
                    view.fileName() == null ? "" : view.fileName()));
        }
        return lines;
    }

    static List<String> block(ImportView view) {
        var lines = new ArrayList<String>();
        line(lines, "import", view.importId());
        line(lines, "directory", view.directoryId());
        line(lines, "status", status(view));
        line(lines, "file", view.fileName());
        line(lines, "sha256", view.sha256());
        line(lines, "source", view.sourceSystem());
        line(lines, "layout", view.layout());
        line(lines, "encoding", view.encoding());
        line(lines, "delimiter", "\t".equals(view.delimiter()) ? "tab" : view.delimiter());
        line(
                lines,
                "mode",
                view.mode() == null
                        ? null
                        : view.mode().toLowerCase(Locale.ROOT).replace('_', '-'));
        line(lines, "group", view.group());
        line(lines, "forced", view.forced() ? "yes" : null);
        line(lines, "dry run", view.dryRun() ? dryRun(view) : null);
        line(
                lines,
                view.cancelled() ? "why" : view.taken() ? "fault" : "refused",
                view.refusedCode() == null ? null : view.refusedCode() + ": " + view.refusedMessage());
        if (view.taken()) {
            line(lines, "read", Long.toString(view.read()));
            line(
                    lines,
                    "sent",
                    view.differsFromDeclared() ? view.declaredRead() + ", which is not what was read" : null);
            line(lines, "created", Long.toString(view.created()));
            line(lines, "updated", Long.toString(view.updated()));
            line(lines, "unchanged", Long.toString(view.unchanged()));
            line(lines, "merged", Long.toString(view.merged()));
            line(lines, "review", Long.toString(view.review()));
            line(lines, "rejected", Long.toString(view.rejected()));
            line(lines, "suppressed", Long.toString(view.suppressed()));
        }
        line(lines, "claimed", text(view.claimedAt()));
        line(lines, "completed", text(view.completedAt()));
        line(lines, "seconds", seconds(view) == null ? null : String.valueOf(seconds(view)));
        line(lines, "notes", view.notes());
        return lines;
    }

    /** One that was cancelled and undone is undone. */
    private static String word(ImportView view) {
        boolean cancelled = view.cancelled() && (view.status().equals("COMPLETE") || view.dryRun());
        return cancelled ? "cancelled" : view.status().toLowerCase(Locale.ROOT);
    }

    private static String status(ImportView view) {
        String status = word(view);
        return view.undone() == null ? status : status + ", " + view.undone() + " records so far";
    }

    private static String dryRun(ImportView view) {
        return view.directoryChangedMeanwhile()
                ? "yes; something else changed the directory meanwhile"
                : "yes, nothing was changed";
    }

    private static void line(List<String> lines, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(String.format("%-12s %s", name, value));
        }
    }

    static ObjectNode json(ImportView view) {
        ObjectNode node = Json.node()
                .put("importId", view.importId())
                .put("directory", view.directoryId())
                .put("status", word(view).toUpperCase(Locale.ROOT))
                .put("file", view.fileName())
                .put("sha256", view.sha256())
                .put("source", view.sourceSystem())
                .put("layout", view.layout())
                .put("encoding", view.encoding())
                .put("delimiter", view.delimiter())
                .put("mode", view.mode())
                .put("group", view.group())
                .put("forced", view.forced())
                .put("dryRun", view.dryRun());
        if (view.undone() != null) {
            node.put("undone", view.undone());
        }
        if (view.dryRun()) {
            node.put("directoryChangedMeanwhile", view.directoryChangedMeanwhile());
        }
        if (view.taken()) {
            node.put("read", view.read())
                    .put("declaredRead", view.declaredRead())
                    .put("created", view.created())
                    .put("updated", view.updated())
                    .put("unchanged", view.unchanged())
                    .put("merged", view.merged())
                    .put("review", view.review())
                    .put("rejected", view.rejected())
                    .put("suppressed", view.suppressed());
        }
        if (view.refusedCode() != null) {
            node.putObject(view.cancelled() ? "cancelled" : view.taken() ? "fault" : "refused")
                    .put("code", view.refusedCode())
                    .put("message", view.refusedMessage());
        }
        return node.put("claimedAt", text(view.claimedAt()))
                .put("completedAt", text(view.completedAt()))
                .put("seconds", seconds(view))
                .put("notes", view.notes());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Double seconds(ImportView view) {
        Instant from = view.claimedAt();
        Instant to = view.completedAt();
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }
}
