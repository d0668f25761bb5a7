/**
 * A thin adapter between Kafka Streams and the machine of {@code customers}: no rule lives in here.
 * {@link io.repertoire.streams.StreamsStage} is the way in. Where things are:
 *
 * <ul>
 *   <li>the stage: {@code StreamsStage}, {@code StreamsSettings}, {@code KafkaProperties}, {@code StartupChecks}, {@code InstanceId},
 *       {@code Limits}; what is counted: {@code StreamsMetrics}, {@code CountingMetrics};
 *   <li>one record: {@code DirectoryTopology}, {@code DirectoryProcessor}; {@code InputReader}, then {@code Planner} and {@code Plan},
 *       then {@code OutputWriter}; {@code DeadLetters}, {@code DeadLetterKey}; long jobs between records: {@code JobQueue};
 *   <li>the state: {@code DirectoryStores}, {@code StateCodec}, {@code StateException}; beneath it {@code BufferedStore},
 *       {@code HeldKeys}, {@code KeyOrder}, {@code BoundedRocksDb}, {@code RocksMemory};
 *   <li>servers that are away: {@code PatientWire}, {@code Trouble}, {@code Backoff}, {@code Waits}, {@code Closing}.
 * </ul>
 */
@NullMarked
package io.repertoire.streams;

import org.jspecify.annotations.NullMarked;
