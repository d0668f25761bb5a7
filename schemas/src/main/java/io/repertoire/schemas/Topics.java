package io.repertoire.schemas;

import static io.repertoire.schemas.Topic.Compatibility.BACKWARD_TRANSITIVE;
import static io.repertoire.schemas.Topic.Compatibility.FULL_TRANSITIVE;
import static io.repertoire.schemas.TopicSpec.Cleanup.COMPACT;
import static io.repertoire.schemas.TopicSpec.Cleanup.DELETE;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The catalogue: every topic there is. {@link #SUBMISSIONS}, {@link #SALE_EVENTS} and {@link #COMMANDS} are open to any
 * producer; their key is the directory id and their partition {@link Partitioning#partitionOf murmur2 of it}. Streams is the
 * only writer of the rest, the dead-letter topics and {@link #INGEST_PROGRESS} aside.
 */
public final class Topics {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration COMPACTION_LAG = Duration.ofDays(1);

    public static final Topic<CustomerSubmission> SUBMISSIONS = deleted(
            "customers.submissions.v1",
            CustomerSubmission.class,
            CustomerSubmission.getClassSchema(),
            BACKWARD_TRANSITIVE);
    public static final Topic<SaleEvent> SALE_EVENTS =
            deleted("sales.events.v1", SaleEvent.class, SaleEvent.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<CustomerCommand> COMMANDS = deleted(
            "customers.commands.v1", CustomerCommand.class, CustomerCommand.getClassSchema(), BACKWARD_TRANSITIVE);

    public static final Topic<Customer> DIRECTORY =
            compacted("customers.directory.v1", Customer.class, Customer.getClassSchema(), FULL_TRANSITIVE);
    public static final Topic<MarketingContact> MARKETING = compacted(
            "customers.marketing.v1", MarketingContact.class, MarketingContact.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<CustomerChange> CHANGES =
            deleted("customers.changes.v1", CustomerChange.class, CustomerChange.getClassSchema(), FULL_TRANSITIVE);
    public static final Topic<Review> REVIEWS =
            compacted("customers.reviews.v1", Review.class, Review.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<RecordedSale> RECORDED_SALES =
            compacted("sales.recorded.v1", RecordedSale.class, RecordedSale.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<ImportSummary> IMPORTS =
            compacted("imports.v1", ImportSummary.class, ImportSummary.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<IngestProgress> INGEST_PROGRESS =
            compacted("ingest.progress.v1", IngestProgress.class, IngestProgress.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<CommandResult> COMMAND_RESULTS = deleted(
            "customers.command-results.v1", CommandResult.class, CommandResult.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<RowOutcome> ROW_OUTCOMES =
            deleted("imports.rows.v1", RowOutcome.class, RowOutcome.getClassSchema(), BACKWARD_TRANSITIVE);
    public static final Topic<RejectedRecord> REJECTED = deleted(
            "customers.rejected.v1", RejectedRecord.class, RejectedRecord.getClassSchema(), BACKWARD_TRANSITIVE);

    /** Raw bytes that could not be handled, with {@link RecordHeaders}. */
    public static final TopicSpec INGEST_DLQ = dlq("ingest.dlq.v1");

    public static final TopicSpec STREAMS_DLQ = dlq("streams.dlq.v1");
    public static final TopicSpec SINK_DLQ = dlq("sink.dlq.v1");

    /** Every topic that carries Avro, inputs first. */
    public static final List<Topic<?>> AVRO = List.of(
            SUBMISSIONS,
            SALE_EVENTS,
            COMMANDS,
            DIRECTORY,
            MARKETING,
            CHANGES,
            REVIEWS,
            RECORDED_SALES,
            IMPORTS,
            INGEST_PROGRESS,
            COMMAND_RESULTS,
            ROW_OUTCOMES,
            REJECTED);

    /** The topics the streams stage reads; their partition counts must be equal. */
    public static final List<Topic<?>> INPUTS = List.of(SUBMISSIONS, SALE_EVENTS, COMMANDS);

    /** Every topic there is. */
    public static final List<TopicSpec> ALL = Stream.concat(
                    AVRO.stream().map(Topic::spec), Stream.of(INGEST_DLQ, STREAMS_DLQ, SINK_DLQ))
            .toList();

    private Topics() {}

    private static <T extends SpecificRecord> Topic<T> deleted(
            String name, Class<T> type, Schema schema, Topic.Compatibility compatibility) {
        return new Topic<>(
                new TopicSpec(name, DELETE, RETENTION, TopicSpec.PartitionedBy.DIRECTORY), type, schema, compatibility);
    }

    private static <T extends SpecificRecord> Topic<T> compacted(
            String name, Class<T> type, Schema schema, Topic.Compatibility compatibility) {
        return new Topic<>(
                new TopicSpec(name, COMPACT, COMPACTION_LAG, TopicSpec.PartitionedBy.DIRECTORY),
                type,
                schema,
                compatibility);
    }

    private static TopicSpec dlq(String name) {
        return new TopicSpec(name, DELETE, RETENTION, TopicSpec.PartitionedBy.SOURCE_PARTITION);
    }
}
