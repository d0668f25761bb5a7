package io.repertoire.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ServersExtension.class)
class StreamsStageIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Servers servers;
    private Cluster cluster;

    @TempDir
    Path folder;

    StreamsStageIT(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void open() {
        cluster = new Cluster(servers);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void everything_about_a_directory_is_on_the_directorys_partition_of_every_topic() throws Exception {
        var directories =
                IntStream.range(0, 30).mapToObj(i -> "partitioned-" + i).toList();
        try (var stage = started("streams-partitions", Samples.counting("partitioned-"))) {
            for (var directory : directories) {
                cluster.send(Topics.SUBMISSIONS, directory, Samples.submission(directory, "r1"));
                cluster.send(Topics.SALE_EVENTS, directory, Samples.sale(directory, "s1"));
            }
            cluster.flush();
            var rows = cluster.read(
                    Topics.ROW_OUTCOMES.spec(), 60, LIMIT, r -> new String(r.key(), UTF_8).startsWith("partitioned-"));
            assertThat(rows).hasSize(60).allSatisfy(r -> assertThat(r.partition())
                    .isEqualTo(Partitioning.partitionOf(new String(r.key(), UTF_8), Cluster.PARTITIONS)));
            assertThat(directories.stream().map(d -> Partitioning.partitionOf(d, Cluster.PARTITIONS)))
                    .contains(0, 1, 2, 3);
            assertThat(stage.check().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    void any_producer_may_write_and_what_breaks_the_contract_lands_on_the_same_partition_of_the_dead_letters()
            throws Exception {
        var directory = "foreign-shop";
        int partition = Partitioning.partitionOf(directory, Cluster.PARTITIONS);
        int elsewhere = (partition + 1) % Cluster.PARTITIONS;
        try (var stage = started("streams-foreign", Samples.counting(directory))) {
            var good = cluster.wire
                    .serializer(Topics.SUBMISSIONS)
                    .serialize(Topics.SUBMISSIONS.name(), Samples.submission(directory, "good"));
            cluster.send(Topics.SUBMISSIONS, null, directory.getBytes(UTF_8), good);
            cluster.send(Topics.SUBMISSIONS, null, directory.getBytes(UTF_8), "not avro".getBytes(UTF_8));
            cluster.send(Topics.SUBMISSIONS, elsewhere, directory.getBytes(UTF_8), good);
            cluster.send(Topics.SUBMISSIONS, 3, "foreign-shop/Not An Id".getBytes(UTF_8), good);
            cluster.send(Topics.SUBMISSIONS, null, directory.getBytes(UTF_8), good);
            cluster.flush();

            var letters = cluster.read(Topics.STREAMS_DLQ, 3, LIMIT, Cluster.ofDirectory(directory));
            assertThat(letters)
                    .extracting(l -> l.partition() + " " + code(l))
                    .containsExactlyInAnyOrder(
                            partition + " " + UndecodableException.NOT_WIRE_FORMAT,
                            elsewhere + " WRONG_PARTITION",
                            "3 WRONG_KEY");
            assertThat(letters)
                    .allSatisfy(l -> assertThat(RecordHeaders.get(l.headers(), RecordHeaders.ERROR_PARTITION))
                            .isEqualTo(Integer.toString(l.partition())));
            assertThat(cluster.read(Topics.ROW_OUTCOMES.spec(), 2, LIMIT, Cluster.ofDirectory(directory)))
                    .hasSize(2);
            assertThat(stage.check().ready()).isTrue();
        }
    }

    @Test
    void what_a_stage_held_is_there_for_the_next_one_even_without_its_local_files() throws Exception {
        var directory = "handed-over";
        for (int run = 1; run <= 3; run++) {
            try (var stage =
                    started("streams-handed-over", Samples.counting(directory), folder.resolve("state-" + run / 2))) {
                cluster.send(Topics.COMMANDS, directory, Samples.command(directory, "c" + run));
                cluster.flush();
                var rows = cluster.read(Topics.ROW_OUTCOMES.spec(), run, LIMIT, Cluster.ofDirectory(directory));
                assertThat(stage.check().ready()).isTrue();
                assertThat(lines(rows)).containsExactlyElementsOf(oneTo(run));
            }
        }
    }

    @Test
    void topics_with_another_partition_count_than_the_setting_are_refused_with_what_to_do() throws Exception {
        var settings = StreamsSettings.of(cluster.bootstrap, folder.resolve("state"), Cluster.PARTITIONS + 1)
                .withApplicationId("streams-refused");
        try (var stage =
                new StreamsStage(settings, cluster.wire, Samples.counting(), Clock.systemUTC(), StreamsMetrics.NOOP)) {
            stage.start();
            await().atMost(LIMIT).until(() -> stage.check().state() == Health.State.FAILED);
            assertThat(stage.check().detail())
                    .contains("customers.submissions.v1", "topics.partitions=" + Cluster.PARTITIONS);
        }
    }

    @Test
    void a_fault_that_does_not_pass_stops_the_stage_and_health_says_why() throws Exception {
        DirectoryMachine broken = (input, view) -> {
            if (input.directoryId().equals("broken-shop")) {
                throw new StackOverflowError();
            }
            return Decision.nothing();
        };
        try (var stage = started("streams-broken", broken)) {
            cluster.send(Topics.SUBMISSIONS, "broken-shop", Samples.submission("broken-shop", "r"));
            cluster.flush();
            await().atMost(LIMIT).until(() -> stage.check().state() == Health.State.FAILED);
            assertThat(stage.check().detail()).contains("StackOverflowError");
        }
    }

    private StreamsStage started(String applicationId, DirectoryMachine machine) {
        return started(applicationId, machine, folder.resolve("state"));
    }

    private StreamsStage started(String applicationId, DirectoryMachine machine, Path state) {
        var stage = new StreamsStage(
                StreamsSettings.of(cluster.bootstrap, state, Cluster.PARTITIONS).withApplicationId(applicationId),
                cluster.wire,
                machine,
                Clock.systemUTC(),
                StreamsMetrics.NOOP);
        stage.start();
        await().atMost(LIMIT).until(() -> stage.check().ready());
        return stage;
    }

    private List<Long> lines(List<ConsumerRecord<byte[], byte[]>> rows) {
        var decoder = cluster.wire.deserializer(Topics.ROW_OUTCOMES);
        return rows.stream()
                .map(r -> decoder.deserialize(r.topic(), r.value()).getLine())
                .toList();
    }

    private static List<Long> oneTo(long last) {
        return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static String code(ConsumerRecord<byte[], byte[]> letter) {
        return RecordHeaders.get(letter.headers(), RecordHeaders.ERROR_CODE);
    }
}
