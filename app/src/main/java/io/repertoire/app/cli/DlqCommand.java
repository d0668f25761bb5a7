package io.repertoire.app.cli;

import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topics;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "dlq",
        description = "Records that could not be handled.",
        subcommands = {DlqCommand.Show.class, DlqCommand.Replay.class})
final class DlqCommand extends Action {

    @Command(name = "show", description = "Where each came from and what is wrong with it.")
    static final class Show extends Action {
        @Option(names = "--raw", description = "The bytes too: they may hold personal data.")
        boolean raw;

        private long shown;

        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.KAFKA)) {
                var reader = new DeadLetterReader(visit.connections());
                for (var dlq : java.util.List.of(Topics.INGEST_DLQ, Topics.STREAMS_DLQ, Topics.SINK_DLQ)) {
                    reader.read(dlq.name(), this::show);
                }
            }
            root().terminal().say(shown == 0 ? "There are none." : shown + " in all.");
            return 0;
        }

        private void show(ConsumerRecord<byte[], byte[]> record) {
            shown++;
            root().terminal().answer(root().json() ? json(record) : text(record));
        }

        private String json(ConsumerRecord<byte[], byte[]> record) {
            return Json.object(node -> {
                node.put("topic", record.topic());
                node.put("partition", record.partition());
                node.put("offset", record.offset());
                node.put("code", RecordHeaders.get(record.headers(), RecordHeaders.ERROR_CODE));
                node.put("message", RecordHeaders.get(record.headers(), RecordHeaders.ERROR_MESSAGE));
                var headers = node.putObject("headers");
                record.headers().forEach(header -> {
                    if (isOurs(header.key())) {
                        headers.put(header.key(), RecordHeaders.get(record.headers(), header.key()));
                    }
                });
                if (raw) {
                    node.put("key", base64(record.key()));
                    node.put("value", base64(record.value()));
                }
            });
        }

        private String text(ConsumerRecord<byte[], byte[]> record) {
            var text = new StringBuilder()
                    .append(record.topic())
                    .append(' ')
                    .append(record.partition())
                    .append(' ')
                    .append(record.offset())
                    .append("  ")
                    .append(RecordHeaders.get(record.headers(), RecordHeaders.ERROR_CODE))
                    .append(": ")
                    .append(RecordHeaders.get(record.headers(), RecordHeaders.ERROR_MESSAGE));
            record.headers().forEach(header -> {
                if (isOurs(header.key())
                        && !header.key().equals(RecordHeaders.ERROR_CODE)
                        && !header.key().equals(RecordHeaders.ERROR_MESSAGE)) {
                    text.append("\n    ")
                            .append(header.key())
                            .append(" = ")
                            .append(RecordHeaders.get(record.headers(), header.key()));
                }
            });
            if (raw) {
                text.append("\n    key   = ").append(hex(record.key()));
                text.append("\n    value = ").append(hex(record.value()));
            }
            return text.toString();
        }

        /** A stranger's headers may hold anything. */
        private static boolean isOurs(String header) {
            return header.startsWith("__streams.errors.") || header.startsWith("repertoire.");
        }

        private static String hex(byte @org.jspecify.annotations.Nullable [] bytes) {
            return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
        }

        private static @org.jspecify.annotations.Nullable String base64(
                byte @org.jspecify.annotations.Nullable [] bytes) {
            return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
        }
    }

    @Command(name = "replay", description = "Send them again.")
    static final class Replay extends NotBuilt {}
}
