package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Erasure;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** P41, P45: what PostgreSQL keeps of an erased customer does not depend on which topic is read first. */
class ErasureIT extends DatabaseRig {

    private static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");

    private long offset;

    ErasureIT(Servers servers) {
        super(servers);
    }

    private CustomerChange.Builder change(String customerId, long version, ChangeType type) {
        return CustomerChange.newBuilder()
                .setEventId("main/" + version)
                .setType(type)
                .setDirectoryId("main")
                .setCustomerId(customerId)
                .setVersion(version)
                .setOccurredAt(AT)
                .setReason(ChangeReason.newBuilder()
                        .setRuleId("RULE")
                        .setEvidence("by " + customerId)
                        .setRecordId("shop/" + customerId)
                        .setImportId("i1")
                        .build());
    }

    private InputRecord erased(String customerId, long version, String... absorbed) {
        return sent(change(customerId, version, ChangeType.ERASED)
                .setFromIds(List.of(absorbed))
                .setErasure(Erasure.newBuilder()
                        .setActor("alice")
                        .setSourceRecords(2)
                        .setContactPoints(3)
                        .build())
                .build());
    }

    private InputRecord sent(CustomerChange change) {
        return Records.polled(wire, Topics.CHANGES, Keys.of("main", change.getCustomerId()), change, offset++);
    }

    private InputRecord consent(String customerId, long version) {
        return sent(change(customerId, version, ChangeType.CONSENT_CHANGED)
                .setConsents(List.of(ConsentEntry.newBuilder()
                        .setContactValue(customerId + "@x.ca")
                        .setChannel(ConsentChannel.EMAIL)
                        .setPurpose(ConsentPurpose.MARKETING)
                        .setStatus(ConsentStatus.GRANTED)
                        .setBasis(ConsentBasis.EXPRESS)
                        .setRecordedAt(AT)
                        .build()))
                .build());
    }

    private InputRecord outcome(String customerId, long version) {
        RowOutcome row = Records.outcome("main", "i1", version, customerId, version);
        row.setProblems(List.of(problem()));
        return Records.polled(wire, Topics.ROW_OUTCOMES, Keys.of("main", "i1"), row, offset++);
    }

    private static Problem problem() {
        return Problem.newBuilder()
                .setField("phone")
                .setCode("PHONE_INVALID")
                .setMaskedValue("51***")
                .setSeverity(Severity.WARNING)
                .build();
    }

    private InputRecord sale(String customerId, long version) {
        RecordedSale sale = Records.sale("main", customerId, customerId, version, "10.00");
        sale.setSourceKey("s/" + customerId);
        return Records.polled(wire, Topics.RECORDED_SALES, Keys.of("main", "till/" + customerId), sale, offset++);
    }

    private InputRecord review(String id, long version, String... customers) {
        Review review = Review.newBuilder()
                .setDirectoryId("main")
                .setReviewId(id)
                .setKind(ReviewKind.SHARED_IDENTIFIER)
                .setStatus(ReviewStatus.OBSOLETE)
                .setCustomerIds(List.of(customers))
                .setSourceKeys(List.of("s/" + customers[0]))
                .setRule("RULE")
                .setVersion(version)
                .setRaisedAt(AT)
                .build();
        return Records.polled(wire, Topics.REVIEWS, Keys.of("main", id), review, offset++);
    }

    private InputRecord[] said(String... customers) {
        List<InputRecord> records = new ArrayList<>();
        long version = 0;
        for (String customer : customers) {
            version++;
            records.add(consent(customer, version));
            records.add(outcome(customer, version));
            records.add(sale(customer, version));
            records.add(review("r-" + customer, version, customer, "other"));
        }
        return records.toArray(InputRecord[]::new);
    }

    private void assertOnlyOfB() throws Exception {
        assertThat(tables.rows(
                        "SELECT line, customer_id, source_key, problems::text IS NULL FROM repertoire.row_outcome"
                                + " ORDER BY line"))
                .containsExactly(
                        java.util.Arrays.asList("1", null, null, "t"),
                        java.util.Arrays.asList("2", null, null, "t"),
                        List.of("3", "b", "s/b", "f"));
        assertThat(tables.rows("SELECT customer_id, source_key FROM repertoire.sale ORDER BY 1"))
                .containsExactly(
                        java.util.Arrays.asList("a", null), java.util.Arrays.asList("a2", null), List.of("b", "s/b"));
        assertThat(tables.rows("SELECT customer_id FROM repertoire.consent_ledger"))
                .containsExactly(List.of("b"));
        assertThat(tables.rows("SELECT review_id FROM repertoire.review WHERE cardinality(source_keys) > 0"))
                .containsExactly(List.of("r-b"));
        assertThat(tables.rows(
                        "SELECT customer_id, type, record_id, import_id, evidence FROM repertoire.customer_change"
                                + " WHERE coalesce(record_id, import_id, evidence) IS NOT NULL AND type <> 'ERASED'"))
                .containsExactly(List.of("b", "CONSENT_CHANGED", "shop/b", "i1", "by b"));
        assertThat(tables.value("SELECT count(*) FROM repertoire.erasure_register"))
                .isEqualTo("1");
    }

    @Test
    void p45_what_was_there_before_the_erasure_is_cleared() throws Exception {
        try (var reader = history()) {
            reader.apply(said("a", "a2", "b"));
            reader.apply(erased("a", 9, "a2"));
        }
        assertOnlyOfB();
    }

    @Test
    void p45_what_comes_after_the_erasure_and_was_said_before_it_is_not_written() throws Exception {
        try (var reader = history()) {
            reader.apply(erased("a", 9, "a2"));
            reader.apply(said("a", "a2", "b"));
        }
        assertOnlyOfB();
        assertThat(tables.value("SELECT evidence FROM repertoire.customer_change WHERE type = 'ERASED'"))
                .isEqualTo("by a");
    }

    @Test
    void p45_in_one_batch_it_is_the_same() throws Exception {
        try (var reader = history()) {
            List<InputRecord> batch = new ArrayList<>(List.of(said("a", "a2", "b")));
            batch.add(erased("a", 9, "a2"));
            reader.apply(batch);
        }
        assertOnlyOfB();
    }

    @Test
    void p45_a_rebuild_brings_nothing_back_whichever_topic_comes_first_and_even_without_the_event() throws Exception {
        try (var reader = history()) {
            reader.apply(said("a", "a2", "b"));
            reader.apply(erased("a", 9, "a2"));
        }
        Migrations.rebuild(tables.pool());
        offset = 0;
        try (var reader = history()) {
            reader.apply(said("a", "a2", "b"));
        }
        assertOnlyOfB();
        try (var reader = tables.reader(Family.DIRECTORY, wire).take(Topics.DIRECTORY.name())) {
            reader.apply(
                    Records.image(wire, Records.customer("main", "a", 8), 0, true),
                    Records.image(wire, Records.merged("main", "a2", 8, "a"), 1, true),
                    Records.image(wire, Records.customer("main", "b", 8), 2, true));
        }
        assertThat(tables.rows("SELECT customer_id FROM repertoire.customer")).containsExactly(List.of("b"));
    }

    @Test
    void p47_the_anonymous_customer_of_a_retention_hold_is_kept() throws Exception {
        try (var reader = history()) {
            reader.apply(erased("a", 9));
        }
        Customer held = Records.merged("main", "a", 8, "x");
        held.setStatus(CustomerStatus.ERASED);
        try (var reader = tables.reader(Family.DIRECTORY, wire).take(Topics.DIRECTORY.name())) {
            reader.apply(Records.image(wire, held, 0, true));
        }
        assertThat(tables.rows("SELECT status FROM repertoire.customer")).containsExactly(List.of("ERASED"));
    }

    @Test
    void p48_the_last_activity_is_the_latest_of_source_records_and_purchases_also_of_who_was_merged_in()
            throws Exception {
        try (var reader = tables.reader(Family.DIRECTORY, wire).take(Topics.DIRECTORY.name())) {
            reader.apply(
                    Records.image(wire, Records.customer("main", "a", 1), 0, true),
                    Records.image(wire, Records.merged("main", "a2", 2, "a"), 1, true),
                    Records.image(wire, Records.customer("main", "b", 3), 2, true));
        }
        RecordedSale late = Records.sale("main", "s1", "a2", 4, "10.00");
        late.setOccurredAt(AT.plus(Duration.ofDays(400)));
        RecordedSale voided = Records.sale("main", "s2", "b", 5, "10.00");
        voided.setOccurredAt(AT.plus(Duration.ofDays(400)));
        voided.setVoided(true);
        try (var reader = history()) {
            reader.apply(
                    Records.polled(wire, Topics.RECORDED_SALES, Keys.of("main", "till/s1"), late, 0),
                    Records.polled(wire, Topics.RECORDED_SALES, Keys.of("main", "till/s2"), voided, 1));
        }
        assertThat(tables.rows(
                        "SELECT customer_id, last_activity_at > last_seen_at + interval '399 days', purchase_count, first_seen_at = last_seen_at"
                                + " FROM repertoire.customer_activity ORDER BY 1"))
                .containsExactly(List.of("a", "t", "1", "t"), java.util.Arrays.asList("b", "f", "0", "t"));
        List<String> inactive = new ArrayList<>();
        tables.queries()
                .inactive("main", AT.plus(Duration.ofDays(365)), customer -> inactive.add(customer.customerId()));
        assertThat(inactive).containsExactly("b");
    }

    @Test
    void p45_no_outcome_holds_what_a_cell_began_with() throws Exception {
        try (var reader = history()) {
            reader.apply(outcome("b", 1));
        }
        assertThat(tables.value("SELECT problems::text FROM repertoire.row_outcome"))
                .contains("PHONE_INVALID")
                .doesNotContain("51***");
    }

    @Test
    void p45_rejected_rows_go_by_age_a_piece_at_a_time() throws Exception {
        int old = RejectPurge.ROWS_AT_ONCE + 10;
        var purge = new RejectPurge(Duration.ofDays(30));
        Instant now = AT.plus(Duration.ofDays(31));
        try (var reader = history()) {
            reader.apply(LongStream.range(0, old + 5)
                    .mapToObj(line -> reject(line, line < old ? AT : now.minusSeconds(60)))
                    .toArray(InputRecord[]::new));
            assertThat(purge.isDue(now)).isTrue();
            assertThat(reader.purge(purge, now)).isEqualTo(RejectPurge.ROWS_AT_ONCE);
            assertThat(purge.isDue(now.plusSeconds(1))).as("there is more").isTrue();
            assertThat(reader.purge(purge, now)).isEqualTo(10);
            assertThat(purge.isDue(now.plusSeconds(3_599))).isFalse();
            assertThat(purge.isDue(now.plusSeconds(3_600))).isTrue();
        }
        assertThat(tables.value("SELECT count(*) FROM repertoire.reject")).isEqualTo("5");
    }

    private InputRecord reject(long line, Instant seen) {
        return Records.polled(
                wire,
                Topics.REJECTED,
                Keys.of("main", "i1"),
                RejectedRecord.newBuilder()
                        .setDirectoryId("main")
                        .setRecordId("sha/" + line)
                        .setSourceSystem("plain")
                        .setImportId("i1")
                        .setLine(line)
                        .setStage(ProblemStage.VALIDATE)
                        .setErrors(List.of(problem()))
                        .setRetryable(false)
                        .setFirstSeen(seen)
                        .build(),
                offset++);
    }
}
