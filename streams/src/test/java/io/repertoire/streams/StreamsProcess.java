package io.repertoire.streams;

import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The streams stage with the counting machine in a process of its own, to be killed. */
final class StreamsProcess {

    private StreamsProcess() {}

    public static void main(String[] args) throws InterruptedException {
        var settings = StreamsSettings.of(args[0], Path.of(args[2]), 4).withApplicationId(args[3]);
        try (var wire = Wire.open(WireConfig.of(args[1]));
                var stage = new StreamsStage(
                        settings, wire, Samples.counting(args[4]), Clock.systemUTC(), StreamsMetrics.NOOP)) {
            stage.start();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    static Process start(String bootstrap, String registry, Path state, String applicationId, String directory)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamsProcess.class.getName(),
                        bootstrap,
                        registry,
                        state.toString(),
                        applicationId,
                        directory))
                .redirectErrorStream(true)
                .redirectOutput(new File(state.toFile().getParentFile(), "process.log"))
                .start();
    }
}
