package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rejects on a real PostgreSQL, from records made up here. */
class RejectsIT extends DatabaseRig {

    private static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");
    private static final Instant LATER = AT.plusSeconds(60);

    RejectsIT(Servers servers) {
        super(servers);
    }

    @Test
    void an_event_that_is_rejected_each_time_it_is_sent_is_one_row_and_another_problem_is_another() throws Exception {
        String topic = Topics.REJECTED.name();
        try (var reader = tables.reader(Family.HISTORY, wire).take(topic)) {
            reader.apply(
                    rejected(null, "square/e1", "EMAIL_INVALID", AT, 0),
                    rejected(null, "square/e1", "EMAIL_INVALID", LATER, 1));
            reader.apply(
                    rejected(null, "square/e1", "EMAIL_INVALID", LATER, 2),
                    rejected(null, "square/e2", "EMAIL_INVALID", AT, 3));
            reader.apply(rejected(null, "square/e1", "NO_IDENTITY", LATER, 4));
            reader.apply(
                    rejected("i1", "sha/2", "EMAIL_INVALID", AT, 5),
                    rejected("i2", "sha/2", "EMAIL_INVALID", LATER, 6));
            assertThat(reader.setAside).isEmpty();
        }
        assertThat(tables.rows("SELECT record_id, import_id, errors->0->>'code', first_seen = '" + AT
                        + "' FROM repertoire.reject ORDER BY 1, 2, 3 DESC"))
                .containsExactly(
                        Arrays.asList("sha/2", "i1", "EMAIL_INVALID", "t"),
                        Arrays.asList("sha/2", "i2", "EMAIL_INVALID", "f"),
                        Arrays.asList("square/e1", null, "NO_IDENTITY", "f"),
                        Arrays.asList("square/e1", null, "EMAIL_INVALID", "t"),
                        Arrays.asList("square/e2", null, "EMAIL_INVALID", "t"));
    }

    @Test
    void a_database_that_holds_a_rejected_event_several_times_keeps_the_first_when_it_is_brought_up_to_date()
            throws Exception {
        try (var old = new TestTables(servers.newDatabase(), "9")) {
            old.execute(
                    "INSERT INTO repertoire.reject (directory_id, record_id, source_system, import_id, stage, errors,"
                            + " retryable, first_seen) SELECT 'main', id, 'square', import, 'VALIDATE', errors::json, false, seen::timestamptz"
                            + " FROM (VALUES ('square/e1', NULL, '[{\"code\":\"A\"}]', '2026-03-02'),"
                            + " ('square/e1', NULL, '[{\"code\":\"A\"}]', '2026-03-01'), ('square/e1', NULL, '[{\"code\":\"B\"}]', '2026-03-03'),"
                            + " ('sha/2', 'i1', '[]', '2026-03-01'), ('sha/2', 'i2', '[]', '2026-03-02')) AS v (id, import, errors, seen)");
            assertThat(Migrations.migrate(old.pool())).isPositive();
            assertThat(old.rows("SELECT record_id, to_char(first_seen, 'DD') FROM repertoire.reject ORDER BY 1, 2"))
                    .containsExactly(
                            List.of("sha/2", "01"),
                            List.of("sha/2", "02"),
                            List.of("square/e1", "01"),
                            List.of("square/e1", "03"));
        }
    }

    private InputRecord rejected(@Nullable String importId, String recordId, String code, Instant seen, long offset) {
        return Records.polled(
                wire,
                Topics.REJECTED,
                Keys.of("main", importId == null ? "square" : importId),
                RejectedRecord.newBuilder()
                        .setDirectoryId("main")
                        .setRecordId(recordId)
                        .setSourceSystem("square")
                        .setImportId(importId)
                        .setStage(ProblemStage.VALIDATE)
                        .setErrors(List.of(Problem.newBuilder()
                                .setField("email")
                                .setCode(code)
                                .build()))
                        .setRetryable(false)
                        .setFirstSeen(seen)
                        .build(),
                offset);
    }
}
