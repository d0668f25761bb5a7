/**
 * Topics to PostgreSQL, and what the command line asks of the tables. {@link io.repertoire.sink.Sink} is the way in for the one,
 * {@link io.repertoire.sink.DirectoryQueries} for the other. Where things are:
 *
 * <ul>
 *   <li>the stage: {@code Sink}, {@code SinkConfig}, {@code SinkMetrics}, {@code Tally}; the tables themselves: {@code Migrations},
 *       {@code Databases}, {@code DatabaseConfig}, {@code RejectPurge};
 *   <li>reading: one {@code Worker} for each {@code Family} of topics, with a {@code Session} for as long as both sides are good;
 *       {@code Assignments}, {@code ClusterTopics}, {@code Resume}, {@code PartitionCursor}, {@code Buffers}, {@code Pulse},
 *       {@code Backoff};
 *   <li>writing exactly once: {@code Transactions}, {@code Progress}, {@code SqlErrors}; what cannot be written: {@code SetAside},
 *       {@code DeadLetters};
 *   <li>records to rows: {@code BatchWriter}, which is {@code DirectoryBatchWriter} or {@code HistoryBatchWriter}; {@code TopicTable},
 *       {@code CurrentRows}, {@code Folding}, {@code RowDeletion}, {@code InputRecord}, {@code Decoded}, {@code RecordKeys};
 *       {@code ImportCompletion};
 *   <li>rows to tables: {@code TableWriter}, which is {@code AppendTable}, {@code StagedTable} or {@code ChangeTable};
 *       {@code Columns}, {@code CustomerColumns}, {@code HistoryColumns}, {@code CopyBuffer}, {@code AvroJson},
 *       {@code ProvenanceJson};
 *   <li>nothing of the erased comes back: {@code WithoutErased}, {@code ErasureRules}, {@code ErasedCustomers}, {@code CustomerKey};
 *   <li>queries: {@code DirectoryQueries}, {@code SelectRunner}, {@code SearchText}, and what they answer with: {@code ImportView},
 *       {@code ImportRow}, {@code RejectView}, {@code ReviewView}, {@code CustomerView}, {@code CustomerHit}, {@code CustomerLine},
 *       {@code InactiveCustomer}, {@code CommandAnswer}; {@code CustomerExport} with {@code CsvWriter}.
 * </ul>
 */
@NullMarked
package io.repertoire.sink;

import org.jspecify.annotations.NullMarked;
