package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.Topics;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.awaitility.Awaitility;

/**
 * A transaction that a partition holds open and no coordinator knows, as a kill can leave it: its records are put there behind the
 * coordinator's back.
 */
final class LostTransaction {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.CHANGES.name(), 0);
    /** The last in which topics go by name. */
    private static final short VERSION = 11;

    private static final long NOBODY = 4_711_000L;

    private final String bootstrapServers;

    LostTransaction(ServerAddresses servers) {
        bootstrapServers = servers.kafkaBootstrapServers();
    }

    void leave() throws Exception {
        try (Admin admin = admin()) {
            verify(admin, OpType.SET);
            send();
            assertThat(end(admin, IsolationLevel.READ_UNCOMMITTED))
                    .isGreaterThan(end(admin, IsolationLevel.READ_COMMITTED));
            verify(admin, OpType.DELETE);
        }
    }

    void assertEnds() {
        try (Admin admin = admin()) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                            end(admin, IsolationLevel.READ_COMMITTED))
                    .isEqualTo(end(admin, IsolationLevel.READ_UNCOMMITTED))
                    .isPositive());
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Whether partitions ask the coordinator about transactions. */
    private static void verify(Admin admin, OpType asSet) throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "");
        var no = new ConfigEntry("transaction.partition.verification.enable", "false");
        admin.incrementalAlterConfigs(Map.of(broker, List.of(new AlterConfigOp(no, asSet))))
                .all()
                .get();
    }

    private static long end(Admin admin, IsolationLevel isolation) throws Exception {
        return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                .partitionResult(PARTITION)
                .get()
                .offset();
    }

    private void send() throws IOException, InterruptedException {
        var address = bootstrapServers.split(":");
        short error = -1;
        // The broker hears of the changed setting a moment later.
        for (int attempt = 0; attempt < 100 && error != 0; attempt++) {
            Thread.sleep(100);
            try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
                byte[] request = request();
                var out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(request.length);
                out.write(request);
                out.flush();
                var in = new DataInputStream(socket.getInputStream());
                byte[] answer = in.readNBytes(in.readInt());
                error = error(ByteBuffer.wrap(answer));
            }
        }
        assertThat(error).isZero();
    }

    private static byte[] request() {
        byte[] value = "left open".getBytes(StandardCharsets.UTF_8);
        var records = MemoryRecords.withTransactionalRecords(
                Compression.NONE, NOBODY, (short) 3, 0, new SimpleRecord(System.currentTimeMillis(), value, value));
        var partition =
                new PartitionProduceData().setIndex(PARTITION.partition()).setRecords(records);
        var topic = new TopicProduceData().setName(PARTITION.topic()).setPartitionData(List.of(partition));
        var topics = new TopicProduceDataCollection();
        topics.add(topic);
        var data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(5_000)
                .setTransactionalId("nobody")
                .setTopicData(topics);
        var request = ProduceRequest.builder(data, true).build(VERSION);
        ByteBuffer bytes = request.serializeWithHeader(new RequestHeader(ApiKeys.PRODUCE, VERSION, "test", 1));
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }

    private static short error(ByteBuffer answer) {
        var header = ResponseHeader.parse(answer, ApiKeys.PRODUCE.responseHeaderVersion(VERSION));
        assertThat(header.correlationId()).isEqualTo(1);
        var body = new ProduceResponseData(new ByteBufferAccessor(answer), VERSION);
        return body.responses().iterator().next().partitionResponses().get(0).errorCode();
    }
}
