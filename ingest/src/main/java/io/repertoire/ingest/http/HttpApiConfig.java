package io.repertoire.ingest.http;

import io.repertoire.schemas.Keys;
import java.time.Duration;
import java.util.Map;

/**
 * How events over HTTP are taken.
 *
 * @param apiKeys API key to the directory it writes to; a directory may have several
 * @param producer Kafka producer settings, {@code bootstrap.servers} among them; what exactly-once rests on (acknowledgements,
 *     idempotence, partitioner, serializers) cannot be changed
 * @param timeLimit from the last byte of a request to its answer
 * @param maxInFlight events sent to Kafka and not yet acknowledged; beyond, callers are asked to come back
 * @param maxEventBytes body of a single event, and one line of a batch
 * @param maxBatchBytes body of a batch
 * @param maxBatchEvents lines of a batch
 * @param maxBodyMemoryBytes all bodies being read at one time; of short ones, which are read before it is known who sends them, half as
 *     much beside it
 */
public record HttpApiConfig(
        Map<String, String> apiKeys,
        Map<String, String> producer,
        Duration timeLimit,
        int maxInFlight,
        int maxEventBytes,
        int maxBatchBytes,
        int maxBatchEvents,
        int maxBodyMemoryBytes) {

    public HttpApiConfig {
        apiKeys = Map.copyOf(apiKeys);
        producer = Map.copyOf(producer);
        apiKeys.forEach((key, directory) -> {
            if (key.isBlank()) {
                throw new IllegalArgumentException("the API key of directory " + directory + " is blank");
            }
            if (!Keys.isDirectoryId(directory)) {
                throw new IllegalArgumentException(
                        "an API key is given for \"" + directory + "\", which is not a directory's name");
            }
        });
        if (timeLimit.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException("the time limit must be at least 2 seconds");
        }
    }

    /** The shipped limits: 10 s, 20,000 events under way, 1 MiB an event, 16 MiB and 10,000 events a batch, 64 MiB in all. */
    public static HttpApiConfig of(Map<String, String> apiKeys, Map<String, String> producer) {
        return new HttpApiConfig(
                apiKeys, producer, Duration.ofSeconds(10), 20_000, 1 << 20, 16 << 20, 10_000, 64 << 20);
    }

    /** Without the keys: this ends in logs. */
    @Override
    public String toString() {
        return "HttpApiConfig[directories="
                + apiKeys.values().stream().distinct().sorted().toList() + "]";
    }
}
