package io.repertoire.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./repertoire bench}: found by the command line as a {@link ToolProvider} of that name, since the application does not
 * depend on its benchmarks. Standard output is the answer, standard error the progress; 0 measured and right, 1 not, 2 wrong
 * usage.
 */
public final class BenchTool implements ToolProvider {

    private static final String USAGE = """
            ./repertoire bench [end-to-end] [--rows N] [--seed N] [--file CSV] [--data DIR] [--keep] [--json]
                import a generated file (100,000 rows) or your own, everything in one process tree
            ./repertoire bench generate FILE [--rows N] [--seed N]
                write the generated file and say what is in it
            ./repertoire bench http [--url URL] [--key KEY] [--seconds N] [--connections N] [--batch N]
                post events to a running installation, one at a time or in batches
            ./repertoire bench till [--data DIR] [--key KEY] [--rate N] [--seconds N]
                sales at a steady rate to "repertoire up" on DIR, until each can be read in PostgreSQL""";

    @Override
    public String name() {
        return "repertoire-bench";
    }

    /** For a run from an IDE; the launcher's folder is the working directory. */
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(new BenchTool().run(out, err, args));
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        try {
            return run(new ArrayDeque<>(List.of(args)), out, err);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("The benchmark cannot be run: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int run(ArrayDeque<String> args, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        String first = args.peek();
        String command = first == null || first.startsWith("-") ? "end-to-end" : args.remove();
        BenchOptions options = BenchOptions.parse(args);
        return switch (command) {
            case "end-to-end" -> endToEnd(options, out, err);
            case "generate" -> generate(options, out);
            case "http" -> new HttpLoad(options).run(out);
            case "till" -> new TillLoad(options).run(out);
            default -> throw new IllegalArgumentException("There is no benchmark \"" + command + "\".");
        };
    }

    private static int generate(BenchOptions options, PrintWriter out) throws IOException {
        if (options.operand() == null) {
            throw new IllegalArgumentException("Say which file to write.");
        }
        out.println(new CustomerFileGenerator(options.seed()).write(Path.of(options.operand()), options.rows()));
        return 0;
    }

    private static int endToEnd(BenchOptions options, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("repertoire.home", ""));
        Path launcher = home.toAbsolutePath().resolve("repertoire");
        if (!Files.isExecutable(launcher)) {
            throw new IOException("there is no launcher at " + launcher);
        }
        Path work = Files.createTempDirectory("repertoire-bench");
        Path data =
                options.data() == null ? work.resolve("data") : options.data().toAbsolutePath();
        try {
            Truth truth = null;
            Path file = options.file();
            if (file == null) {
                file = work.resolve("customers.csv");
                err.printf("Writing %,d rows …%n", options.rows());
                truth = new CustomerFileGenerator(options.seed()).write(file, options.rows());
            }
            var bench = new EndToEndBench(launcher, data);
            bench.prepare();
            err.println("Importing …");
            var result = bench.run(file.toAbsolutePath());
            return report(result, truth, options, out, err);
        } finally {
            if (!options.keep()) {
                new TemporaryFolder(work).close();
            } else {
                err.println("Kept: " + work);
            }
        }
    }

    private static int report(
            EndToEndBench.Result result, @Nullable Truth truth, BenchOptions options, PrintWriter out, PrintWriter err)
            throws IOException {
        JsonNode summary = result.summary();
        if (result.exitCode() != 0 || summary == null) {
            err.println("The import failed with exit code " + result.exitCode() + ":");
            err.println(result.log());
            return 1;
        }
        var report = new EndToEndReport(result, summary, truth);
        if (options.json()) {
            var mapper = new ObjectMapper();
            out.println(mapper.writeValueAsString(report.json(mapper)));
        } else {
            report.printTable(out);
        }
        return report.mistakes().isEmpty() ? 0 : 1;
    }
}
