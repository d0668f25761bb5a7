package io.repertoire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in the launcher's place: it takes its time and prints a summary. */
class EndToEndBenchTest {

    private static final String SUMMARY =
            "{\"file\":\"f\",\"read\":10,\"created\":6,\"updated\":1,\"unchanged\":1,\"merged\":0,\"review\":0,"
                    + "\"rejected\":2,\"suppressed\":0,\"seconds\":0.5}";

    @TempDir
    Path folder;

    @BeforeEach
    void onlyOnLinux() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs Linux");
    }

    @Test
    void a_run_is_watched_and_its_counts_are_held_against_the_file() throws Exception {
        var result = run("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; sleep 1; echo '" + SUMMARY + "'");
        assertThat(result.exitCode()).isZero();
        assertThat(result.summary()).isNotNull();
        assertThat(result.usage().peakRssKb()).isPositive();
        assertThat(result.usage().totalCpuMicros()).isPositive();

        var right = new EndToEndReport(result, result.summary(), new Truth(10, 6, 1, 1, 1, 1, 0));
        assertThat(right.mistakes()).isEmpty();
        var json = right.json(new ObjectMapper());
        assertThat(json.get("rowsPerSecond").asLong()).isEqualTo(20);
        assertThat(json.at("/durability").isObject()).isTrue();
        var table = new StringWriter();
        right.printTable(new PrintWriter(table, true));
        assertThat(table.toString()).contains("20 rows/s").doesNotContain("WRONG");

        var wrong = new EndToEndReport(result, result.summary(), new Truth(10, 7, 1, 1, 1, 0, 0));
        assertThat(wrong.mistakes()).hasSize(2);
    }

    @Test
    void a_failed_import_is_told_with_what_it_said() throws Exception {
        var result = run("echo 'no disk' >&2; exit 1");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.summary()).isNull();
        assertThat(result.log()).contains("no disk");
    }

    @Test
    void the_command_line_finds_the_tool_and_wrong_usage_is_2() {
        var tool = ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(t -> t.name().equals("repertoire-bench"))
                .findFirst()
                .orElseThrow();
        var err = new StringWriter();
        int code = tool.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "--rows", "many");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().toLowerCase(Locale.ROOT)).contains("--rows").contains("generate");
        assertThat(tool.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "fly"))
                .isEqualTo(2);
    }

    @Test
    void options_are_read_in_any_order() {
        var options =
                BenchOptions.parse(new ArrayDeque<>(List.of("--json", "--rows", "1_000", "x.csv", "--seed", "5")));
        assertThat(options.json()).isTrue();
        assertThat(options.rows()).isEqualTo(1000);
        assertThat(options.seed()).isEqualTo(5);
        assertThat(options.operand()).isEqualTo("x.csv");
    }

    private EndToEndBench.Result run(String script) throws IOException, InterruptedException {
        Path launcher = folder.resolve("repertoire");
        Files.writeString(launcher, "#!/bin/sh\n" + script + "\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return new EndToEndBench(launcher, folder.resolve("data")).run(folder.resolve("f.csv"));
    }
}
