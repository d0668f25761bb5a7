package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.testing.InMemoryWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsStageTest {

    @TempDir
    Path state;

    @Test
    void constructing_it_does_nothing_and_closing_it_then_is_no_fault() {
        var stage = stage("127.0.0.1:1");
        assertThat(stage.check().state()).isEqualTo(Health.State.STARTING);
        stage.close();
        stage.close();
        assertThat(stage.check().state()).isEqualTo(Health.State.CLOSED);
        assertThatThrownBy(stage::start).isInstanceOf(IllegalStateException.class);
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void without_a_broker_it_waits_visibly_and_stops_when_told() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var stage = stage("127.0.0.1:" + port);
        stage.start();
        await().atMost(Duration.ofSeconds(15)).until(() -> stage.check().state() == Health.State.WAITING);
        assertThat(stage.check().detail()).startsWith("waiting for");
        stage.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("repertoire-streams-runner");
        assertThat(stage.check().state()).isEqualTo(Health.State.CLOSED);
    }

    private StreamsStage stage(String bootstrap) {
        return new StreamsStage(
                StreamsSettings.of(bootstrap, state, 4),
                new InMemoryWire(),
                Samples.counting(),
                Clock.systemUTC(),
                StreamsMetrics.NOOP);
    }
}
