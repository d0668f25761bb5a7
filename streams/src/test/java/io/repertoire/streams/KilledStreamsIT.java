package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ServersExtension.class)
class KilledStreamsIT {

    private static final int RECORDS = 60_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Servers servers;

    @TempDir
    Path folder;

    KilledStreamsIT(Servers servers) {
        this.servers = servers;
    }

    /** Each input is numbered from the state; a number twice, or one left out, is an input followed twice, or not. */
    @Test
    void killed_twice_in_the_middle_every_input_is_followed_exactly_once() throws Exception {
        var directory = "killed-shop";
        var state = folder.resolve("state");
        Files.createDirectories(state);
        try (var cluster = new Cluster(servers)) {
            var mine = Cluster.ofDirectory(directory);
            for (int i = 0; i < RECORDS; i++) {
                cluster.send(Topics.SUBMISSIONS, directory, Samples.submission(directory, "r" + i));
            }
            cluster.flush();
            for (int kill = 1; kill <= 2; kill++) {
                var process = start(cluster, state, directory);
                int before = kill * RECORDS / 4;
                var seen = cluster.read(Topics.ROW_OUTCOMES.spec(), before, LIMIT, mine);
                process.destroyForcibly().waitFor();
                assertThat(seen).as("outputs before kill %s", kill).hasSizeGreaterThanOrEqualTo(before);
                assertThat(seen).as("killed in the middle").hasSizeLessThan(RECORDS);
            }
            var process = start(cluster, state, directory);
            try {
                var rows = cluster.read(Topics.ROW_OUTCOMES.spec(), RECORDS, LIMIT, mine);
                var all = cluster.read(Topics.ROW_OUTCOMES.spec(), RECORDS + 1, Duration.ofSeconds(3), mine);
                assertThat(all).hasSameSizeAs(rows);
                var decoder = cluster.wire.deserializer(Topics.ROW_OUTCOMES);
                assertThat(all.stream().map(r -> decoder.deserialize(r.topic(), r.value())
                                .getLine()))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, RECORDS).boxed().toList());
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(Cluster cluster, Path state, String directory) throws Exception {
        return StreamsProcess.start(cluster.bootstrap, servers.schemaRegistryUrl(), state, "streams-killed", directory);
    }
}
