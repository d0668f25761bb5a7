package io.repertoire.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what a run of {@link EndToEndBench} found, for people or for programs, and says whether its counts are right. */
final class EndToEndReport {

    private static final List<String> OUTCOMES =
            List.of("created", "updated", "unchanged", "merged", "review", "rejected", "suppressed");

    private final EndToEndBench.Result result;
    private final @Nullable Truth truth;
    private final JsonNode summary;

    /** @param truth {@code null} for a file that was not generated */
    EndToEndReport(EndToEndBench.Result result, JsonNode summary, @Nullable Truth truth) {
        this.result = result;
        this.summary = summary;
        this.truth = truth;
    }

    /** What is wrong with the counts; empty if they are right. */
    List<String> mistakes() {
        var mistakes = new ArrayList<String>();
        long sum = OUTCOMES.stream().mapToLong(this::count).sum();
        if (sum != count("read")) {
            mistakes.add("the seven outcomes add up to " + sum + ", not to the " + count("read") + " rows read");
        }
        if (truth != null) {
            expect(mistakes, "read", truth.rows());
            expect(mistakes, "rejected", truth.bad());
            expect(mistakes, "created", truth.people());
        }
        return mistakes;
    }

    private void expect(List<String> mistakes, String name, long expected) {
        if (count(name) != expected) {
            mistakes.add(name + " is " + count(name) + " where the file holds " + expected);
        }
    }

    private long count(String name) {
        return summary.path(name).asLong();
    }

    private double seconds() {
        return summary.path("seconds").asDouble();
    }

    private double rowsPerSecond() {
        return seconds() == 0 ? 0 : count("read") / seconds();
    }

    void printTable(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d rows in %.1f s from claim to the last row in PostgreSQL: %,.0f rows/s%n",
                count("read"),
                seconds(),
                rowsPerSecond());
        out.printf(Locale.ROOT, "%.1f s in all, with start and stop of every server%n", result.wallSeconds());
        out.printf(
                Locale.ROOT,
                "memory of the process tree at its peak: RSS %,d MiB, PSS %,d MiB%n%n",
                result.usage().peakRssKb() / 1024,
                result.usage().peakPssKb() / 1024);
        out.printf("%-42s %10s %10s %7s%n", "CPU, start and stop included", "seconds", "µs a row", "share");
        double total = Math.max(1, result.usage().totalCpuMicros());
        result.usage().cpuMicros().entrySet().stream()
                .sorted(Map.Entry.<Part, Long>comparingByValue().reversed())
                .forEach(e -> printPart(out, e.getKey().label(), e.getValue(), total));
        printPart(out, "all", result.usage().totalCpuMicros(), total);
        out.println();
        for (String outcome : OUTCOMES) {
            out.printf(Locale.ROOT, "%-12s %,12d%n", outcome, count(outcome));
        }
        mistakes().forEach(mistake -> out.println("WRONG: " + mistake));
        out.println();
        out.println("durability: " + result.durability());
    }

    private void printPart(PrintWriter out, String label, long micros, double total) {
        out.printf(
                Locale.ROOT,
                "%-42s %10.1f %10.1f %6.1f%%%n",
                label,
                micros / 1e6,
                (double) micros / Math.max(1, count("read")),
                100 * micros / total);
    }

    ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("benchmark", "end-to-end");
        json.put("rowsPerSecond", Math.round(rowsPerSecond()));
        json.put("wallSeconds", result.wallSeconds());
        json.put("peakRssKb", result.usage().peakRssKb());
        json.put("peakPssKb", result.usage().peakPssKb());
        ObjectNode cpu = json.putObject("cpuMicros");
        result.usage().cpuMicros().forEach((part, micros) -> cpu.put(part.name().toLowerCase(Locale.ROOT), micros));
        ObjectNode unsorted = json.putObject("cpuMicrosOfOtherThreads");
        result.usage().unsortedMicros().forEach(unsorted::put);
        ObjectNode durability = json.putObject("durability");
        result.durability().forEach(durability::put);
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.set("import", summary);
        json.set("mistakes", mapper.valueToTree(mistakes()));
        return json;
    }
}
