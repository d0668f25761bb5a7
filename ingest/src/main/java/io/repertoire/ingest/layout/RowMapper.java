package io.repertoire.ingest.layout;

import io.repertoire.customers.CardNumbers;
import io.repertoire.customers.ProblemCode;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of one file into submissions. The same row of the same file always gives an equal submission, so that a file
 * can be sent on from any row. Used by one thread.
 */
public final class RowMapper {

    /** A spreadsheet's own limit of one cell. Nothing a customer record holds is as long. */
    private static final int LONGEST_VALUE = 32_767;

    /** Of all values together: what is sent must fit a record of Kafka, whatever the letters. */
    private static final int LONGEST_CUSTOMER = 300_000;

    private static final int MOST_WARNINGS = 100;

    private final Mapping mapping;
    private final Origin origin;

    /**
     * What all rows of a file have in common.
     *
     * @param fileModifiedAt event time of rows without one of their own
     * @param claimedAt receipt time; no event time is later
     */
    public record Origin(
            String directoryId,
            String importId,
            String sha256,
            String sourceSystem,
            Instant fileModifiedAt,
            Instant claimedAt) {}

    public RowMapper(Mapping mapping, Origin origin) {
        this.mapping = mapping;
        this.origin = origin;
    }

    public CustomerSubmission map(CsvRow row) {
        var problems = new ArrayList<Problem>(0);
        RowFault fault = row.fault();
        if (fault != null) {
            problems.add(error(fault));
            return submission(row, null, problems);
        }
        if (row.nulRemoved()) {
            problems.add(ProblemCode.CONTROL_CHARACTERS.problem(null, null));
        }
        var draft = new CustomerDraft(mapping.layout().listSeparators());
        int length = 0;
        for (int column : mapping.order()) {
            String cell = row.cell(column);
            if (!CsvRow.isBlank(cell)) {
                String value = checked(cell, column, problems);
                if (value != null) {
                    // An attribute takes its column's name along.
                    length += value.length()
                            + (mapping.field(column) == Field.ATTRIBUTE
                                    ? mapping.name(column).length()
                                    : 0);
                    place(draft, column, value, problems);
                }
            }
        }
        if (length > LONGEST_CUSTOMER) {
            return submission(row, null, List.of(error(RowFault.RECORD_TOO_LARGE)));
        }
        if (problems.size() > MOST_WARNINGS) {
            problems.subList(MOST_WARNINGS, problems.size()).clear();
        }
        if (hasExtraCells(row)) {
            problems.add(error(RowFault.EXTRA_CELLS));
        }
        var submission = submission(row, draft, problems);
        submission.setCustomer(draft.build());
        return submission;
    }

    private boolean hasExtraCells(CsvRow row) {
        for (int i = mapping.headerSize(); i < row.size(); i++) {
            if (!CsvRow.isBlank(row.cell(i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String checked(String cell, int column, List<Problem> problems) {
        if (cell.length() > LONGEST_VALUE) {
            problems.add(warning(column, ProblemCode.TOO_LONG));
            return null;
        }
        String value = withoutApostrophe(cell);
        Field field = mapping.field(column);
        String redacted = field.freeText() ? CardNumbers.redact(value) : CardNumbers.redactIdentifier(value);
        if (redacted.equals(value)) {
            return value;
        }
        problems.add(warning(column, ProblemCode.CARD_NUMBER_REMOVED));
        return field.isOwnId() ? null : redacted;
    }

    private String withoutApostrophe(String cell) {
        String before = mapping.layout().apostropheBefore();
        boolean strip =
                !before.isEmpty() && cell.length() > 1 && cell.charAt(0) == '\'' && before.indexOf(cell.charAt(1)) >= 0;
        return strip ? cell.substring(1) : cell;
    }

    private void place(CustomerDraft draft, int column, String value, List<Problem> problems) {
        Field field = mapping.field(column);
        switch (field) {
            case ATTRIBUTE -> draft.attribute(mapping.name(column), value);
            case UPDATED_AT -> {
                Instant at = Times.parse(value);
                if (at == null) {
                    problems.add(warning(column, ProblemCode.DATE_INVALID));
                } else {
                    draft.observedAt(at);
                }
            }
            default -> {
                if (!draft.set(field, value)) {
                    problems.add(warning(column, ProblemCode.FLAG_INVALID));
                }
            }
        }
    }

    private CustomerSubmission submission(CsvRow row, @Nullable CustomerDraft draft, List<Problem> problems) {
        Instant observed = draft == null ? null : draft.observedAt();
        Instant at = observed == null ? origin.fileModifiedAt() : observed;
        var submission = new CustomerSubmission();
        submission.setKind(SubmissionKind.RECORD);
        submission.setDirectoryId(origin.directoryId());
        submission.setRecordId(origin.sha256() + '/' + row.line());
        submission.setSourceSystem(origin.sourceSystem());
        submission.setSourceCustomerId(draft == null ? null : draft.sourceCustomerId());
        submission.setChannel(Channel.CSV);
        submission.setOperation(SubmissionOperation.UPSERT);
        submission.setObservedAt(at.isAfter(origin.claimedAt()) ? origin.claimedAt() : at);
        submission.setReceivedAt(origin.claimedAt());
        submission.setImportId(origin.importId());
        submission.setLine(row.line());
        submission.setRow(row.row() == row.line() ? null : row.row());
        submission.setProblems(problems);
        submission.setMappingVersion(mapping.version());
        return submission;
    }

    private Problem warning(int column, ProblemCode code) {
        Problem problem = code.problem(mapping.field(column).contractName(), null);
        problem.setColumn(mapping.name(column));
        return problem;
    }

    private static Problem error(RowFault fault) {
        return new Problem(null, null, fault.name(), fault.english(), null, Severity.ERROR);
    }
}
