package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.policy.RuleSet;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one submission: validate, find its source record, find its customer, survive (DESIGN §8). Answers with its outcome;
 * the images it causes are sent on the way.
 */
final class SubmissionHandler {

    private final DirectoryWork work;
    private final CustomerNormaliser normaliser;
    private final CustomerSubmission submission;
    private final ImportMode mode;
    private final @Nullable String group;
    private final List<Problem> problems = new ArrayList<>(2);
    private final Placement placement;
    private Consumer<SourceRecordState> beforePublishing = record -> {};

    /**
     * @param mode how the submission finds its customer
     * @param group what its import adds every row to
     */
    SubmissionHandler(
            DirectoryWork work,
            CustomerNormaliser normaliser,
            CustomerSubmission submission,
            ImportMode mode,
            @Nullable String group) {
        this.work = work;
        this.normaliser = normaliser;
        this.submission = submission;
        this.mode = mode;
        this.group = group;
        this.placement = new Placement(work, submission);
    }

    /** @param action on the source record, when it has its customer and before that is published */
    SubmissionHandler beforePublishing(Consumer<SourceRecordState> action) {
        beforePublishing = action;
        return this;
    }

    Outcome handle() {
        SubmissionCheck.Checked checked =
                SubmissionCheck.of(submission, mode, normaliser, work.state.policy(), work.state.now());
        problems.addAll(checked.problems());
        NormalisedCustomer said = checked.said();
        if (said == null || (isRejected() && !isAboutSomeoneKnown())) {
            return Outcome.rejected(problems);
        }
        return store(said, new FieldTime(checked.observedAt(), order(submission), null, null));
    }

    /** An event that names a record we hold need not say again who that is: a card on file, a balance of points, a consent. */
    private boolean isAboutSomeoneKnown() {
        String id = submission.getSourceCustomerId();
        if (id == null || submission.getImportId() != null) {
            return false;
        }
        for (Problem problem : problems) {
            if (problem.getSeverity() == Severity.ERROR && !isNoIdentity(problem)) {
                return false;
            }
        }
        String key = work.state.sourceKeys().ofId(submission.getSourceSystem(), id);
        if (work.state.get(StateTable.SOURCE_RECORDS, key) == null) {
            return false;
        }
        problems.removeIf(SubmissionHandler::isNoIdentity);
        return true;
    }

    private static boolean isNoIdentity(Problem problem) {
        return problem.getCode().equals(ProblemCode.NO_IDENTITY.name());
    }

    private Outcome store(NormalisedCustomer said, FieldTime time) {
        SubmissionKey key = SubmissionKey.of(
                work.state.sourceKeys(), submission.getSourceSystem(), submission.getSourceCustomerId(), said);
        SourceRecordState held = work.state.get(StateTable.SOURCE_RECORDS, key.sourceKey());
        List<HeldConsent> statements = said.getConsents().isEmpty() ? List.of() : statements(said, held);
        if (work.suppression.hits(submission, said, held) || isErasedByName(said)) {
            return Outcome.suppressed();
        }
        boolean knownById = held != null && submission.getSourceCustomerId() != null;
        CustomerState ours = held == null || mode == ImportMode.UPDATE_BY_ID ? ourCustomer(said) : null;
        if (mode == ImportMode.UPDATE_BY_ID && !knownById && ours == null) {
            return reject(ProblemCode.UNKNOWN_ID);
        }
        if (held == null && ours == null && mode != ImportMode.UPDATE_BY_ID && lacksRequired(said)) {
            return Outcome.rejected(problems);
        }
        SourceRecordState record;
        if (held == null) {
            record = new NewRecord(work, submission, mode, placement).store(said, key, since(time, ours), ours);
            Awaited.arrived(work, record);
        } else {
            record = held;
            new KnownRecord(work, submission, mode, placement).hear(held, said, key, time);
            work.consents.repeated(said.getConsents(), held);
        }
        addGroup(record);
        new SharedIdentifiers(work).ask(submission);
        if (!statements.isEmpty()) {
            work.consents.hear(statements, record.getCustomerId(), submission);
        }
        beforePublishing.accept(record);
        work.publish(submission.getRecordId(), submission.getImportId(), record.getEvidence());
        if (work.consents.ignored()) {
            problems.add(ProblemCode.CONSENT_IGNORED.problem("consents", null));
        }
        return new Outcome(
                outcome(record.getCustomerId()),
                record.getCustomerId(),
                record.getSourceKey(),
                record.getRule(),
                problems);
    }

    /**
     * A row of our own export is dated by when its customer last changed. As long as that is so, whatever the row says was written
     * later: by whoever edited the file, and it counts from its receipt.
     */
    private FieldTime since(FieldTime time, @Nullable CustomerState ours) {
        boolean newest = ours != null
                && SubmissionKey.isOwnExport(submission.getSourceSystem())
                && ours.getUpdatedAt() <= time.getAt();
        return newest ? new FieldTime(work.state.now(), time.getOrder(), null, null) : time;
    }

    /** What is known already need not be said again, and a till that looks somebody up by a number says nothing more of them. */
    private boolean lacksRequired(NormalisedCustomer said) {
        RuleSet rules = work.state.policy().required();
        if (rules == RuleSet.ANY || (submission.getChannel() == Channel.POS && isNameless(said))) {
            return false;
        }
        for (String field : rules.missing(said)) {
            problems.add(0, ProblemCode.FIELD_REQUIRED.problem(field, null));
        }
        return isRejected();
    }

    private static boolean isNameless(NormalisedCustomer said) {
        return said.getGivenName() == null
                && said.getFamilyName() == null
                && said.getDisplayName() == null
                && said.getCompanyName() == null;
    }

    /** Our own export names customers: one that was erased since is not made anew. */
    private boolean isErasedByName(NormalisedCustomer said) {
        if (!SubmissionKey.isOwnExport(submission.getSourceSystem()) || !work.suppression.isActive()) {
            return false;
        }
        return isErased(said.getCustomerId()) || isErased(said.getCode());
    }

    private boolean isErased(@Nullable String idOrCode) {
        CustomerState named = idOrCode == null ? null : work.customers.find(idOrCode);
        return named != null && named.getStatus() == CustomerStatus.ERASED;
    }

    /** Ties what is said of consent to its contact points; gives back what was not said before. */
    private List<HeldConsent> statements(NormalisedCustomer said, @Nullable SourceRecordState held) {
        NormalisedCustomer before = held == null ? null : held.getContent();
        said.setConsents(ConsentStatements.tied(said, before, submission, work.state.now()));
        return ConsentStatements.news(said.getConsents(), before);
    }

    /** The first that fits; a rejected or suppressed one does not come here. */
    private RowOutcomeKind outcome(String customerId) {
        if (work.reviews.asked()) {
            return RowOutcomeKind.REVIEW;
        }
        if (placement.merged()) {
            return RowOutcomeKind.MERGED;
        }
        if (placement.created()) {
            return RowOutcomeKind.CREATED;
        }
        return work.publisher.isChanged(customerId) ? RowOutcomeKind.UPDATED : RowOutcomeKind.UNCHANGED;
    }

    /** By our own id or code; in {@code update-by-id} by any id. */
    private @Nullable CustomerState ourCustomer(NormalisedCustomer said) {
        if (SubmissionKey.isOwnExport(submission.getSourceSystem())) {
            CustomerState found = said.getCustomerId() == null ? null : work.customers.find(said.getCustomerId());
            if (found == null && said.getCode() != null) {
                found = work.customers.find(said.getCode());
            }
            if (found != null) {
                return found;
            }
        }
        if (mode == ImportMode.UPDATE_BY_ID) {
            for (Identifier identifier : Identifiers.of(
                    submission.getSourceSystem(), submission.getSourceCustomerId(), said, work.state.policy())) {
                CustomerState found =
                        identifier.kind() == IdentifierKind.EXTERNAL_ID ? work.customers.findBy(identifier) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private void addGroup(SourceRecordState record) {
        if (group != null
                && !record.getGroupOrigins().containsKey(group)
                && !record.getContent().getGroups().contains(group)) {
            work.undo.says(record);
            record.getGroupOrigins().put(group, submission.getImportId() == null ? "" : submission.getImportId());
            work.state.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            work.state.touch(record.getCustomerId(), "GROUP");
        }
    }

    private boolean isRejected() {
        return SubmissionCheck.hasError(problems);
    }

    private Outcome reject(ProblemCode code) {
        if (!isRejected()) {
            problems.add(code.problem(null, null));
        }
        return Outcome.rejected(problems);
    }

    /** At one instant a later line of a file wins; between events, any order that every replay repeats. */
    private static long order(CustomerSubmission submission) {
        if (submission.getLine() != null) {
            return submission.getLine();
        }
        long hash = 0xcbf29ce484222325L;
        String id = submission.getRecordId();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash >>> 1;
    }
}
