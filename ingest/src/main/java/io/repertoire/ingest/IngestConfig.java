package io.repertoire.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the ingest stage is told.
 *
 * @param dataFolder holds {@code inbox}, {@code processing}, {@code done}, {@code refused}, {@code rejects}, {@code receipts}
 *     and {@code run}, which are made if missing and must be on one file system
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param producer settings of producers only; what exactly-once rests on is not open to change
 * @param consumer settings of consumers only; likewise
 * @param scanInterval how often the inbox is looked at; a change noticed by the system is looked at at once
 * @param stableFor how long a file's size and time must have stayed the same before it is taken
 * @param parallelDirectories directories whose files are read at the same time; of one directory it is always one
 * @param flowControl whether to wait for the streams stage so that till events never queue behind a file; off for benchmarks
 * @param streamsGroup consumer group of the streams stage
 * @param archiveRetention how long the files of imports that are over are kept
 */
public record IngestConfig(
        Path dataFolder,
        Map<String, String> kafka,
        Map<String, String> producer,
        Map<String, String> consumer,
        Duration scanInterval,
        Duration stableFor,
        int parallelDirectories,
        boolean flowControl,
        String streamsGroup,
        Duration archiveRetention) {

    public static final String DEFAULT_STREAMS_GROUP = "repertoire-streams";

    public IngestConfig {
        if (parallelDirectories < 1) {
            throw new IllegalArgumentException("parallelDirectories must be positive");
        }
        kafka = Map.copyOf(kafka);
        producer = Map.copyOf(producer);
        consumer = Map.copyOf(consumer);
    }

    /** The defaults: looked at twice a second, taken after two seconds of rest, four directories at a time, flow control on. */
    public static IngestConfig of(Path dataFolder, Map<String, String> kafka) {
        return new IngestConfig(
                dataFolder,
                kafka,
                Map.of(),
                Map.of(),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                4,
                true,
                DEFAULT_STREAMS_GROUP,
                Duration.ofDays(30));
    }

    /** As fast as Kafka takes it: for benchmarks. */
    public IngestConfig withoutFlowControl() {
        return with(scanInterval, stableFor, false, streamsGroup);
    }

    public IngestConfig withTimes(Duration newScanInterval, Duration newStableFor) {
        return with(newScanInterval, newStableFor, flowControl, streamsGroup);
    }

    public IngestConfig withStreamsGroup(String group) {
        return with(scanInterval, stableFor, flowControl, group);
    }

    private IngestConfig with(Duration scan, Duration stable, boolean flow, String group) {
        return new IngestConfig(
                dataFolder,
                kafka,
                producer,
                consumer,
                scan,
                stable,
                parallelDirectories,
                flow,
                group,
                archiveRetention);
    }
}
