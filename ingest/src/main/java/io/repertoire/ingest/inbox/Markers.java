package io.repertoire.ingest.inbox;

import io.repertoire.customers.text.CardNumbers;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.ProgressState;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent around the rows of one file. */
final class Markers {

    private static final String UNKNOWN = "unknown";
    private static final int COLUMNS_CHARS = 20_000;

    private final Claim claim;
    private final @Nullable String completed;
    private final Clock clock;
    private final ImportSpec spec = new ImportSpec();

    /** @param completed the import that last sent this content to its end; null if none did */
    Markers(Claim claim, @Nullable String completed, Clock clock) {
        this.claim = claim;
        this.completed = completed;
        this.clock = clock;
    }

    /** Before anything else; alone for a file that is no table. */
    void describe(ClaimedTable opened) {
        ImportOptions options = claim.options();
        spec.setFileName(fileName());
        spec.setSha256(claim.sha256());
        spec.setSizeBytes(opened.probe().size());
        spec.setEncoding(opened.encoding());
        spec.setLayout(options.layout() == null ? UNKNOWN : options.layout());
        spec.setSourceSystem(options.source() == null ? spec.getLayout() : options.source());
        spec.setDelimiter("");
        spec.setMode(options.mode());
        spec.setOnError(options.onError());
        spec.setGroup(options.group() == null ? null : CardNumbers.redact(options.group()));
        spec.setForced(completed != null);
        spec.setDryRun(options.dryRun());
        spec.setClaimedAt(claim.claimedAt());
        spec.setFileModifiedAt(claim.modifiedAt());
        spec.setColumns(List.of());
    }

    void describe(ClaimedTable opened, CsvTable table, Mapping mapping) {
        describe(opened);
        String source = claim.options().source();
        spec.setLayout(mapping.layoutName());
        spec.setSourceSystem(source == null ? mapping.layoutName() : source);
        spec.setDelimiter(opened.delimiter(table));
        spec.setColumns(cells(table.header()));
        spec.setNotes(joined(opened.workbook() ? null : opened.probe().note(), mapping.notes()));
    }

    /** For people to look at; the marker must fit a record of Kafka however wide the file is. */
    private static List<String> cells(CsvRow header) {
        List<String> cells = new ArrayList<>();
        int room = COLUMNS_CHARS;
        for (int i = 0; i < header.size() && room > 0; i++) {
            String cell = header.cell(i);
            String shown = cell.length() > 200 ? cell.substring(0, 200) : cell;
            cells.add(CardNumbers.redact(shown));
            room -= shown.length() + 1;
        }
        return cells;
    }

    private static @Nullable String joined(@Nullable String a, @Nullable String b) {
        return a == null || b == null ? (a == null ? b : a) : a + " " + b;
    }

    RowMapper.Origin origin() {
        return new RowMapper.Origin(
                claim.directoryId(),
                claim.importId(),
                claim.sha256(),
                spec.getSourceSystem(),
                claim.modifiedAt(),
                claim.claimedAt());
    }

    /** Names hold times of many digits; what is a card number for certain is taken out even of them. */
    private String fileName() {
        return CardNumbers.redactIdentifier(claim.fileName());
    }

    String sha256() {
        return claim.sha256();
    }

    CustomerSubmission start() {
        CustomerSubmission start = marker(SubmissionKind.IMPORT_START, "start");
        start.setImportSpec(spec);
        return start;
    }

    /** @param why set if the file was refused as a whole */
    CustomerSubmission end(long read, @Nullable Refusal why) {
        CustomerSubmission end = marker(SubmissionKind.IMPORT_END, "end");
        end.setImportEnd(new ImportEnd(read, why == null ? null : why.code(), why == null ? null : why.message()));
        return end;
    }

    /** Markers have ids of their own: an import id is used once. */
    private CustomerSubmission marker(SubmissionKind kind, String what) {
        var marker = new CustomerSubmission();
        marker.setKind(kind);
        marker.setDirectoryId(claim.directoryId());
        marker.setRecordId(claim.importId() + "/" + what);
        // Nothing is known of a file that is ended without being opened.
        marker.setSourceSystem(spec.getSourceSystem() == null ? UNKNOWN : spec.getSourceSystem());
        marker.setChannel(Channel.CSV);
        marker.setOperation(SubmissionOperation.UPSERT);
        marker.setObservedAt(claim.claimedAt());
        marker.setReceivedAt(kind == SubmissionKind.IMPORT_END ? clock.instant() : claim.claimedAt());
        marker.setImportId(claim.importId());
        marker.setProblems(List.of());
        return marker;
    }

    IngestProgress progress(ProgressState state, long rows, long line) {
        var progress = new IngestProgress();
        progress.setDirectoryId(claim.directoryId());
        progress.setSha256(claim.sha256());
        progress.setImportId(claim.importId());
        progress.setFileName(fileName());
        progress.setState(state);
        progress.setRowsSent(rows);
        progress.setLastLine(line);
        boolean dryRun = claim.options().dryRun();
        progress.setDryRun(dryRun);
        if (!dryRun) {
            progress.setCompletedImportId(state == ProgressState.SENT ? claim.importId() : completed);
        }
        progress.setUpdatedAt(clock.instant());
        return progress;
    }
}
