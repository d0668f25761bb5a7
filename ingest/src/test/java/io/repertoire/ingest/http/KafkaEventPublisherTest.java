package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaEventPublisherTest {

    private static final InputEvent EVENT = new InputEvent.Sale(Samples.sale(ApiUnderTest.NOW));

    @Test
    void while_kafka_is_away_an_event_is_answered_at_once_as_not_taken() throws IOException {
        var config = HttpApiConfig.of(Map.of(), Map.of("bootstrap.servers", "127.0.0.1:" + closedPort()));
        try (var publisher = new KafkaEventPublisher(config, new InMemoryWire(), Clock.systemUTC())) {
            assertThat(problem(publisher).code()).isEqualTo(ProblemCode.KAFKA_UNAVAILABLE);
            publisher.start();
            await().atMost(Duration.ofSeconds(15)).until(() -> publisher.check().state() == Health.State.WAITING);
            assertThat(publisher.check().detail()).contains("Kafka");
            assertThat(problem(publisher).code()).isEqualTo(ProblemCode.KAFKA_UNAVAILABLE);
        }
    }

    @Test
    void wrong_settings_are_a_failure_that_says_which() {
        var config = HttpApiConfig.of(Map.of(), Map.of("bootstrap.servers", "127.0.0.1:1", "compression.type", "best"));
        try (var publisher = new KafkaEventPublisher(config, new InMemoryWire(), Clock.systemUTC())) {
            publisher.start();
            await().atMost(Duration.ofSeconds(15)).until(() -> publisher.check().state() == Health.State.FAILED);
            assertThat(publisher.check().detail()).contains("compression.type");
        }
    }

    @Test
    void after_close_an_event_is_answered_as_not_taken() {
        var config = HttpApiConfig.of(Map.of(), Map.of("bootstrap.servers", "127.0.0.1:1"));
        var publisher = new KafkaEventPublisher(config, new InMemoryWire(), Clock.systemUTC());
        publisher.close();
        assertThat(problem(publisher).code()).isEqualTo(ProblemCode.BUSY);
        assertThat(publisher.check().state()).isEqualTo(Health.State.CLOSED);
        publisher.close();
    }

    @Test
    void an_event_is_taken_only_once_kafka_has_acknowledged_it() {
        var producer = producer();
        try (var publisher = ready(producer, 10)) {
            var fate = publisher.publish(EVENT, Duration.ZERO);
            assertThat(fate).isNotDone();
            producer.completeNext();
            assertThat(fate.join()).isInstanceOf(Published.Acknowledged.class);
        }
    }

    @Test
    void what_may_have_been_written_has_an_unknown_fate_and_what_certainly_was_not_has_not() {
        var producer = producer();
        try (var publisher = ready(producer, 10)) {
            var timedOut = publisher.publish(EVENT, Duration.ZERO);
            onKafkasThread(() -> producer.errorNext(new TimeoutException("Expiring 1 record(s)")));
            assertThat(problem(timedOut).code()).isEqualTo(ProblemCode.UNKNOWN_FATE);
            assertThat(publisher.check().ready()).isFalse();

            var forbidden = publisher.publish(EVENT, Duration.ZERO);
            onKafkasThread(() -> producer.errorNext(new TopicAuthorizationException("no")));
            assertThat(problem(forbidden).code()).isEqualTo(ProblemCode.KAFKA_UNAVAILABLE);

            producer.sendException = new KafkaException("broken");
            assertThat(problem(publisher).code()).isEqualTo(ProblemCode.KAFKA_UNAVAILABLE);
            producer.sendException = null;
            await().atMost(Duration.ofSeconds(5)).until(() -> publisher.check().ready());
        }
    }

    @Test
    void beyond_the_limit_of_events_under_way_callers_are_asked_to_come_back() {
        var producer = producer();
        try (var publisher = ready(producer, 2)) {
            var first = publisher.publish(EVENT, Duration.ZERO);
            assertThat(publisher.publish(EVENT, Duration.ZERO)).isNotDone();
            assertThat(problem(publisher).code()).isEqualTo(ProblemCode.BUSY);
            producer.completeNext();
            assertThat(first).isDone();
            assertThat(publisher.publish(EVENT, Duration.ZERO)).isNotDone();
            producer.completeNext();
            producer.completeNext();
        }
    }

    private static void onKafkasThread(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    private static MockProducer<String, byte[]> producer() {
        var nodes = List.of(new Node(1, "h", 1));
        var partitions = List.of(
                new PartitionInfo(Topics.SUBMISSIONS.name(), 0, nodes.get(0), null, null),
                new PartitionInfo(Topics.SALE_EVENTS.name(), 0, nodes.get(0), null, null),
                new PartitionInfo(Topics.COMMANDS.name(), 0, nodes.get(0), null, null),
                new PartitionInfo(Topics.INGEST_PROGRESS.name(), 0, nodes.get(0), null, null));
        return new MockProducer<>(
                new Cluster("c", nodes, partitions, Set.of(), Set.of()),
                false,
                null,
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static KafkaEventPublisher ready(MockProducer<String, byte[]> producer, int maxInFlight) {
        var config = new HttpApiConfig(
                Map.of(), Map.of(), Duration.ofSeconds(10), maxInFlight, 1 << 20, 1 << 24, 10, 1 << 26);
        var publisher = new KafkaEventPublisher(config, new InMemoryWire(), Clock.systemUTC(), settings -> producer);
        publisher.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> publisher.check().ready());
        return publisher;
    }

    private static Problem problem(KafkaEventPublisher publisher) {
        return problem(publisher.publish(EVENT, Duration.ZERO));
    }

    private static Problem problem(CompletableFuture<Published> fate) {
        assertThat(fate).isDone();
        assertThat(fate.join()).isInstanceOf(Published.NotTaken.class);
        return ((Published.NotTaken) fate.join()).problem();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
