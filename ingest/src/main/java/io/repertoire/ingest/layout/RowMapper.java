package io.repertoire.ingest.layout;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ExportColumns;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    private static final String CLEAR = "\\N";

    private final Mapping mapping;
    private final Origin origin;
    private final Map<Field, ValueRule> rules;
    private final RequiredFields.@Nullable Check required;
    private final DateNotation dates;

    /** The column of whole names; null if there is none, or if it is our own and made of the two others. */
    private final @Nullable String keepsWholeName;

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
        this.required = mapping.required();
        this.dates = mapping.layout().cells().dates();
        this.keepsWholeName =
                mapping.layoutName().equals(ExportColumns.SOURCE_SYSTEM) ? null : mapping.nameOf(Field.DISPLAY_NAME);
        this.rules = mapping.layout().cells().rules();
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
        if (row.repaired()) {
            problems.add(ProblemCode.MOJIBAKE_REPAIRED.problem(null, null));
        }
        var draft = new CustomerDraft(mapping.layout().cells());
        Set<Field> present = required == null ? Set.of() : EnumSet.noneOf(Field.class);
        Set<Field> saysYes = required == null ? Set.of() : EnumSet.noneOf(Field.class);
        int length = 0;
        for (int column : mapping.order()) {
            String cell = row.cell(column);
            if (CsvRow.isBlank(cell)) {
                continue;
            }
            Layout.Column as = columnOf(column, row);
            String value = checked(cell, as.field(), column, problems);
            if (value == null) {
                continue;
            }
            length += value.length() + lengthOfName(as.field(), column);
            ValueRule rule = rules.get(as.field());
            if (rule != null) {
                value = ruled(rule, value, as.field(), column, problems);
            }
            if (!value.isEmpty()) {
                place(draft, as, column, value, problems);
                if (required != null) {
                    note(as.field(), rule, value, present, saysYes);
                }
            }
        }
        if (length > LONGEST_CUSTOMER) {
            return submission(row, null, List.of(error(RowFault.RECORD_TOO_LARGE)));
        }
        if (required != null && !isSample(problems)) {
            for (Field field : required.missing(present, saysYes)) {
                problems.add(0, missing(field));
            }
        }
        if (problems.size() > MOST_WARNINGS) {
            problems.subList(MOST_WARNINGS, problems.size()).clear();
        }
        if (hasExtraCells(row)) {
            problems.add(error(RowFault.EXTRA_CELLS));
        }
        keepWhatHasNoField(draft);
        var submission = submission(row, draft, problems);
        submission.setCustomer(draft.build());
        return submission;
    }

    /** An attribute takes its column's name along. */
    private int lengthOfName(Field field, int column) {
        return field == Field.ATTRIBUTE ? mapping.name(column).length() : 0;
    }

    /** As attributes, under their columns' names. */
    private void keepWhatHasNoField(CustomerDraft draft) {
        if (keepsWholeName != null) {
            draft.keepWholeName(keepsWholeName);
        }
        for (Field unanswered : draft.unanswered()) {
            String name = mapping.nameOf(unanswered);
            if (name != null) {
                draft.attribute(name, draft.dateOf(unanswered));
            }
        }
    }

    /** What the column holds in this row. */
    private Layout.Column columnOf(int column, CsvRow row) {
        Mapping.Spare spare = mapping.spare(column);
        return spare != null && areBlank(row, spare.better()) ? spare.as() : mapping.column(column);
    }

    private static boolean areBlank(CsvRow row, List<Integer> columns) {
        for (int column : columns) {
            if (!CsvRow.isBlank(row.cell(column))) {
                return false;
            }
        }
        return true;
    }

    private boolean hasExtraCells(CsvRow row) {
        for (int i = mapping.headerSize(); i < row.size(); i++) {
            if (!CsvRow.isBlank(row.cell(i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String checked(String cell, Field field, int column, List<Problem> problems) {
        if (cell.length() > LONGEST_VALUE) {
            problems.add(warning(field, column, ProblemCode.TOO_LONG));
            return null;
        }
        String value = withoutApostrophe(cell);
        String redacted = field.freeText() ? CardNumbers.redact(value) : CardNumbers.redactIdentifier(value);
        if (redacted.equals(value)) {
            return value;
        }
        problems.add(warning(field, column, ProblemCode.CARD_NUMBER_REMOVED));
        return field.isOwnId() ? null : redacted;
    }

    private String withoutApostrophe(String cell) {
        String before = mapping.layout().cells().apostropheBefore();
        boolean strip =
                !before.isEmpty() && cell.length() > 1 && cell.charAt(0) == '\'' && before.indexOf(cell.charAt(1)) >= 0;
        return strip ? cell.substring(1) : cell;
    }

    /** What the layout makes of a value; empty: nothing. */
    private String ruled(ValueRule rule, String cell, Field field, int column, List<Problem> problems) {
        String value = rule.translated(cell);
        if (value.strip().equals(CLEAR)) {
            return value;
        }
        if (rule.tooLong(value)) {
            problems.add(warning(field, column, ProblemCode.LAYOUT_LENGTH));
        }
        if (!rule.fits(value)) {
            problems.add(
                    warning(field, column, rule.strict() ? ProblemCode.NUMBER_INVALID : ProblemCode.LAYOUT_FORMAT));
            return rule.strict() ? "" : value;
        }
        return value;
    }

    /** A value that is not of the form which the layout asks for does not stand for the required one. */
    private static void note(
            Field field, @Nullable ValueRule rule, String value, Set<Field> present, Set<Field> saysYes) {
        boolean usable = field != Field.EMAIL || rule == null || rule.fits(value);
        if (usable && !value.strip().equals(CLEAR)) {
            present.add(field);
        }
        if (Answers.parse(value) == ConsentStatus.GRANTED) {
            saysYes.add(field);
        }
    }

    /** Told first, and all there is to say. */
    private static boolean isSample(List<Problem> problems) {
        return !problems.isEmpty() && problems.get(0).getCode().equals(ProblemCode.SAMPLE_ROW.name());
    }

    private Problem missing(Field field) {
        if (required != null && required.isAnybody(field)) {
            return ProblemCode.NO_IDENTITY.problem(null, null);
        }
        Problem problem = ProblemCode.REQUIRED_MISSING.problem(field.contractName(), null);
        String column = mapping.nameOf(field);
        problem.setColumn(column == null ? field.name().toLowerCase(Locale.ROOT) : column);
        return problem;
    }

    private void place(CustomerDraft draft, Layout.Column as, int column, String cell, List<Problem> problems) {
        Field field = as.field();
        String value = field.isDate() ? dated(cell) : cell;
        switch (field) {
            case ATTRIBUTE -> draft.attribute(mapping.name(column), value);
            case SOURCE_CUSTOMER_ID -> {
                String id = SourceIds.clean(value);
                ProblemCode problem = id == null ? null : SourceIds.problem(id);
                if (problem != null) {
                    problems.add(warning(field, column, problem));
                } else if (id != null) {
                    draft.set(field, "", id);
                }
            }
            case UPDATED_AT -> {
                Instant at = Times.parse(value);
                if (at == null) {
                    problems.add(warning(field, column, ProblemCode.DATE_INVALID));
                } else {
                    draft.observedAt(at);
                }
            }
            case LOYALTY_POINTS, LOYALTY_THRESHOLD -> {
                draft.set(field, "", value);
                if (!isWhole(value)) {
                    // Points are whole; what else was written is kept beside them.
                    draft.attribute(mapping.name(column), value);
                }
            }
            default -> {
                if (field.isKeptAsWritten()) {
                    draft.attribute(mapping.name(column), cell);
                }
                if (!draft.set(field, as.group(), value)) {
                    problems.add(warning(field, column, notUnderstood(field)));
                }
                if (field == Field.EMAIL && SampleRows.isSample(value)) {
                    problems.add(0, ProblemCode.SAMPLE_ROW.problem(null, null));
                }
            }
        }
    }

    private static boolean isWhole(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == '.' || c == ',') {
                return false;
            }
        }
        return true;
    }

    private static ProblemCode notUnderstood(Field field) {
        return switch (field) {
            case CONSENT_EMAIL, CONSENT_SMS, CONSENT_PHONE, CONSENT_POST -> ProblemCode.FLAG_INVALID;
            case ADDRESS_TYPE -> ProblemCode.LAYOUT_FORMAT;
            default -> ProblemCode.DATE_INVALID;
        };
    }

    private String dated(String cell) {
        String iso = dates.iso(cell);
        return iso == null ? cell : iso;
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

    private Problem warning(Field field, int column, ProblemCode code) {
        Problem problem = code.problem(field.contractName(), null);
        problem.setColumn(mapping.name(column));
        return problem;
    }

    private static Problem error(RowFault fault) {
        return new Problem(null, null, fault.name(), fault.english(), null, Severity.ERROR);
    }
}
