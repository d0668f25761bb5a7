package io.repertoire.sink;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.RowOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** How the records of what happened become rows. */
final class HistoryColumns {

    private static final List<String> SPEC_COLUMNS = List.of(
            "file_name",
            "sha256",
            "size_bytes",
            "source_system",
            "layout",
            "encoding",
            "delimiter",
            "mode",
            "on_error",
            "group_name",
            "forced",
            "dry_run",
            "columns",
            "notes",
            "claimed_at",
            "file_modified_at");

    private HistoryColumns() {}

    static Columns<RowOutcome> rowOutcome() {
        AvroJson problems = AvroJson.of(RowOutcome.getClassSchema(), "problems");
        return new Columns<RowOutcome>()
                .add("directory_id", (r, out) -> out.requiredText(r.getDirectoryId()))
                .add("import_id", (r, out) -> out.requiredText(r.getImportId()))
                .add("line", (r, out) -> out.int8(r.getLine()))
                .add("outcome", (r, out) -> out.requiredText(r.getOutcome().name()))
                .add("customer_id", (r, out) -> out.text(r.getCustomerId()))
                .add("source_key", (r, out) -> out.text(r.getSourceKey()))
                .add("version", (r, out) -> out.int8(r.getVersion()))
                .add("rule", (r, out) -> out.text(r.getRule()))
                .add("problems", (r, out) -> out.json(problems, withoutValues(r.getProblems())));
    }

    /** Rows of imports stay for as long as the import does: what a cell began with is in the reject, which goes by age. */
    private static List<Problem> withoutValues(List<Problem> problems) {
        for (int i = 0; i < problems.size(); i++) {
            problems.get(i).setMaskedValue(null);
        }
        return problems;
    }

    static Columns<CustomerChange> change() {
        return new Columns<CustomerChange>()
                .add("directory_id", (c, out) -> out.requiredText(c.getDirectoryId()))
                .add("customer_id", (c, out) -> out.requiredText(c.getCustomerId()))
                .add("version", (c, out) -> out.int8(c.getVersion()))
                .add("event_id", (c, out) -> out.requiredText(c.getEventId()))
                .add("type", (c, out) -> out.requiredText(c.getType().name()))
                .add("occurred_at", (c, out) -> out.timestamp(c.getOccurredAt()))
                .add("changed_fields", (c, out) -> out.textArray(c.getChangedFields()))
                .add("from_ids", (c, out) -> out.textArray(c.getFromIds()))
                .add("to_ids", (c, out) -> out.textArray(c.getToIds()))
                .add("rule", (c, out) -> out.text(c.getReason().getRuleId()))
                .add("evidence", (c, out) -> out.text(c.getReason().getEvidence()))
                .add("record_id", (c, out) -> out.text(c.getReason().getRecordId()))
                .add("import_id", (c, out) -> out.text(c.getReason().getImportId()));
    }

    static Columns<RejectedRecord> reject() {
        AvroJson errors = AvroJson.of(RejectedRecord.getClassSchema(), "errors");
        return new Columns<RejectedRecord>()
                .add("directory_id", (r, out) -> out.requiredText(r.getDirectoryId()))
                .add("record_id", (r, out) -> out.requiredText(r.getRecordId()))
                .add("source_system", (r, out) -> out.requiredText(r.getSourceSystem()))
                .add("import_id", (r, out) -> out.text(r.getImportId()))
                .add("file_name", (r, out) -> out.text(r.getFileName()))
                .add("line", (r, out) -> out.int8(r.getLine()))
                .add("sheet_row", (r, out) -> out.int8(r.getRow()))
                .add("stage", (r, out) -> out.requiredText(r.getStage().name()))
                .add("errors", (r, out) -> out.json(errors, r.getErrors()))
                .add("raw", (r, out) -> out.text(r.getRaw()))
                .add("retryable", (r, out) -> out.bool(r.getRetryable()))
                .add("first_seen", (r, out) -> out.timestamp(r.getFirstSeen()));
    }

    static Columns<Review> review() {
        return new Columns<Review>()
                .add("directory_id", (r, out) -> out.requiredText(r.getDirectoryId()))
                .add("review_id", (r, out) -> out.requiredText(r.getReviewId()))
                .add("kind", (r, out) -> out.requiredText(r.getKind().name()))
                .add("status", (r, out) -> out.requiredText(r.getStatus().name()))
                .add("customer_ids", (r, out) -> out.textArray(r.getCustomerIds()))
                .add("source_keys", (r, out) -> out.textArray(r.getSourceKeys()))
                .add("rule", (r, out) -> out.text(r.getRule()))
                .add("evidence", (r, out) -> out.text(r.getEvidence()))
                .add("import_id", (r, out) -> out.text(r.getImportId()))
                .add("line", (r, out) -> out.int8(r.getLine()))
                .add("version", (r, out) -> out.int8(r.getVersion()))
                .add("raised_at", (r, out) -> out.timestamp(r.getRaisedAt()))
                .add("closed_at", (r, out) -> out.timestamp(r.getClosedAt()))
                .add("closed_by", (r, out) -> out.text(r.getClosedBy()));
    }

    static Columns<RecordedSale> sale() {
        AvroJson lines = AvroJson.of(RecordedSale.getClassSchema(), "lines");
        AvroJson payments = AvroJson.of(RecordedSale.getClassSchema(), "payments");
        return new Columns<RecordedSale>()
                .add("directory_id", (s, out) -> out.requiredText(s.getDirectoryId()))
                .add("source_system", (s, out) -> out.requiredText(s.getSourceSystem()))
                .add("sale_id", (s, out) -> out.requiredText(s.getSaleId()))
                .add("customer_id", (s, out) -> out.text(s.getCustomerId()))
                .add("source_key", (s, out) -> out.text(s.getSourceKey()))
                .add("event_id", (s, out) -> out.requiredText(s.getEventId()))
                .add("voided", (s, out) -> out.bool(s.getVoided()))
                .add("version", (s, out) -> out.int8(s.getVersion()))
                .add("recorded_at", (s, out) -> out.timestamp(s.getRecordedAt()))
                .add("occurred_at", (s, out) -> out.timestamp(s.getOccurredAt()))
                .add("store", (s, out) -> out.text(s.getStore()))
                .add("till", (s, out) -> out.text(s.getTill()))
                .add("seller", (s, out) -> out.text(s.getSeller()))
                .add("ticket_number", (s, out) -> out.text(s.getTicketNumber()))
                .add("currency", (s, out) -> out.text(s.getCurrency()))
                .add("total", (s, out) -> out.numeric(s.getTotal()))
                .add("refund_of", (s, out) -> out.text(s.getRefundOf()))
                .add("lines", (s, out) -> out.json(lines, s.getLines()))
                .add("payments", (s, out) -> out.json(payments, s.getPayments()));
    }

    static Columns<CommandResult> commandResult() {
        return new Columns<CommandResult>()
                .add("directory_id", (r, out) -> out.requiredText(r.getDirectoryId()))
                .add("command_id", (r, out) -> out.requiredText(r.getCommandId()))
                .add("type", (r, out) -> out.requiredText(r.getType().name()))
                .add("status", (r, out) -> out.requiredText(r.getStatus().name()))
                .add("code", (r, out) -> out.text(r.getCode()))
                .add("message", (r, out) -> out.text(r.getMessage()))
                .add("customer_ids", (r, out) -> out.textArray(r.getCustomerIds()))
                .add("version", (r, out) -> out.int8(r.getVersion()))
                .add("completed_at", (r, out) -> out.timestamp(r.getCompletedAt()));
    }

    static Columns<ImportSummary> importSummary() {
        var columns = new Columns<ImportSummary>()
                .add("directory_id", (i, out) -> out.requiredText(i.getDirectoryId()))
                .add("import_id", (i, out) -> out.requiredText(i.getImportId()))
                .add("status", (i, out) -> out.requiredText(i.getStatus().name()));
        spec(columns, "file_name", (s, out) -> out.text(s.getFileName()));
        spec(columns, "sha256", (s, out) -> out.text(s.getSha256()));
        spec(columns, "size_bytes", (s, out) -> out.int8(s.getSizeBytes()));
        spec(columns, "source_system", (s, out) -> out.text(s.getSourceSystem()));
        spec(columns, "layout", (s, out) -> out.text(s.getLayout()));
        spec(columns, "encoding", (s, out) -> out.text(s.getEncoding()));
        spec(columns, "delimiter", (s, out) -> out.text(s.getDelimiter()));
        spec(columns, "mode", (s, out) -> out.text(s.getMode().name()));
        spec(columns, "on_error", (s, out) -> out.text(s.getOnError().name()));
        spec(columns, "group_name", (s, out) -> out.text(s.getGroup()));
        spec(columns, "forced", (s, out) -> out.bool(s.getForced()));
        spec(columns, "dry_run", (s, out) -> out.bool(s.getDryRun()));
        spec(columns, "columns", (s, out) -> out.textArray(s.getColumns()));
        spec(columns, "notes", (s, out) -> out.text(s.getNotes()));
        spec(columns, "claimed_at", (s, out) -> out.timestamp(s.getClaimedAt()));
        spec(columns, "file_modified_at", (s, out) -> out.timestamp(s.getFileModifiedAt()));
        return columns.add("rows_read", (i, out) -> out.int8(i.getCounts().getRead()))
                .add("declared_read", (i, out) -> out.int8(i.getDeclaredRead()))
                .add("created", (i, out) -> out.int8(i.getCounts().getCreated()))
                .add("updated", (i, out) -> out.int8(i.getCounts().getUpdated()))
                .add("unchanged", (i, out) -> out.int8(i.getCounts().getUnchanged()))
                .add("merged", (i, out) -> out.int8(i.getCounts().getMerged()))
                .add("review", (i, out) -> out.int8(i.getCounts().getReview()))
                .add("rejected", (i, out) -> out.int8(i.getCounts().getRejected()))
                .add("suppressed", (i, out) -> out.int8(i.getCounts().getSuppressed()))
                .add("through_version", (i, out) -> out.int8(i.getThroughVersion()))
                .add("refused_code", (i, out) -> out.text(i.getRefusedCode()))
                .add("refused_message", (i, out) -> out.text(i.getRefusedMessage()))
                .add("directory_changed_meanwhile", (i, out) -> out.bool(i.getDirectoryChangedMeanwhile()))
                .add("undone", (i, out) -> out.int8(i.getUndone()))
                .add("started_at", (i, out) -> out.timestamp(i.getStartedAt()))
                .add("ended_at", (i, out) -> out.timestamp(i.getEndedAt()));
    }

    /** A summary may come without the spec. */
    private static void spec(Columns<ImportSummary> columns, String name, BiConsumer<ImportSpec, CopyBuffer> encoder) {
        columns.add(name, (i, out) -> {
            if (i.getSpec() == null) {
                out.nul();
            } else {
                encoder.accept(i.getSpec(), out);
            }
        });
    }

    /**
     * A summary without its spec keeps the one that is held, and one that does not come from the end marker keeps what that said;
     * one that was COMPLETE stays so if PROCESSED is said again.
     */
    static StagedTable<ImportSummary> importTable(CopyBuffer buffer) {
        Map<String, String> assignments = new HashMap<>();
        var kept = new ArrayList<>(SPEC_COLUMNS);
        kept.addAll(List.of("declared_read", "refused_code", "refused_message"));
        for (String column : kept) {
            assignments.put(column, "coalesce(excluded." + column + ", t." + column + ")");
        }
        assignments.put(
                "status",
                "CASE WHEN t.status = 'COMPLETE' AND excluded.status = 'PROCESSED' THEN t.status ELSE excluded.status END");
        return StagedTable.upsert(
                "import", importSummary(), List.of("directory_id", "import_id"), "true", assignments, buffer);
    }
}
