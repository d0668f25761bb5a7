package io.repertoire.customers;

import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.identity.KnownName;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one submission: validate, find its source record, find its customer, survive (DESIGN §8). Answers with its outcome;
 * the images it causes are sent on the way.
 */
final class SubmissionHandler {

    /** An event may be this far ahead of its receipt before anyone is told that its clock is wrong (P31). */
    private static final long CLOCK_TOLERANCE_MILLIS = 24 * 60 * 60 * 1000L;

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
        problems.addAll(submission.getProblems());
        if (submission.getCustomer() == null) {
            return reject(ProblemCode.UNREADABLE);
        }
        if (isRejected()) {
            return Outcome.rejected(problems);
        }
        if (submission.getOperation() != SubmissionOperation.UPSERT
                && submission.getOperation() != SubmissionOperation.CONSENT) {
            return reject(ProblemCode.OPERATION_NOT_SUPPORTED);
        }
        long observedAt = submission.getObservedAt().toEpochMilli();
        long received = work.state.now();
        if (observedAt > received) {
            if (observedAt > received + CLOCK_TOLERANCE_MILLIS) {
                problems.add(ProblemCode.EVENT_TIME_IN_FUTURE.problem(null, null));
            }
            observedAt = received;
        }
        CustomerNormaliser.Normalised normalised =
                normaliser.normalise(submission.getCustomer(), submission.getRegion(), observedAt, work.state.policy());
        problems.addAll(normalised.problems());
        if (isRejected()) {
            return Outcome.rejected(problems);
        }
        return store(normalised.customer(), new FieldTime(observedAt, order(submission), null, null));
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
        SourceRecordState record;
        if (held == null) {
            record = newcomer(said, key, time, ours);
        } else {
            record = held;
            if (held.getContentHash().equals(key.contentHash())) {
                again(held, said, time);
            } else {
                otherContent(held, said, key, time);
            }
        }
        addGroup(record);
        new SharedIdentifiers(work).ask(submission.getImportId(), submission.getLine());
        if (!statements.isEmpty()) {
            work.consents.hear(statements, record.getCustomerId(), submission);
        }
        beforePublishing.accept(record);
        work.publisher.publish(submission.getRecordId(), submission.getImportId(), record.getEvidence());
        work.reviews.publish();
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

    /** Same key, same content: nothing but a later event time. */
    private void again(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        if (SourceVersions.restate(held, said, time)) {
            held.setObservedAt(time.getAt());
            held.setObservedOrder(time.getOrder());
            stamp(held);
            work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
            work.state.touch(held.getCustomerId(), "SAME_CONTENT");
        }
    }

    /** Same key, other content: a new version. */
    private void otherContent(SourceRecordState held, NormalisedCustomer said, SubmissionKey key, FieldTime time) {
        List<Identifier> before = work.customers.keysOf(held);
        boolean recycled = isSomebodyElse(held.getContent(), said);
        HeldName name = HeldNames.of(held.getContent());
        boolean changed = SourceVersions.revise(held, said, time);
        if (SourceVersions.compare(time, new FieldTime(held.getObservedAt(), held.getObservedOrder(), null, null))
                > 0) {
            held.setObservedAt(time.getAt());
            held.setObservedOrder(time.getOrder());
            held.setContentHash(key.contentHash());
            stamp(held);
            changed = true;
        }
        if (!changed) {
            return;
        }
        work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
        CustomerState customer = customerOf(held);
        if (held.getRole() == MemberRole.LOOKUP
                && !KnownName.of(held.getContent()).isEmpty()) {
            work.customers.remove(customer, held);
            held.setRole(MemberRole.FULL);
            placement.place(
                    held, matcher(held.getContent(), keys(held), time.getAt()).ofNewcomer());
            // What was asked about it goes with it (P33).
            work.reviews.reconsider(customer, "MEMBER_LEFT");
            return;
        }
        work.state.touch(held.getCustomerId(), held.getRule());
        if (held.getRole() == MemberRole.FULL) {
            customer.setNames(HeldNames.of(work.members.records(customer)));
            work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        }
        work.customers.reindex(customer, held, before);
        List<Identifier> news = new ArrayList<>(work.customers.keysOf(held));
        boolean renamed = !Objects.equals(name, HeldNames.of(held.getContent()));
        if (!renamed) {
            news.removeAll(before);
        }
        if (held.getRole() == MemberRole.FULL) {
            Matcher matcher = matcher(held.getContent(), news, time.getAt());
            Match match = mode == ImportMode.UPDATE_BY_ID ? new Match() : matcher.of(customer, held.getRule());
            customer = placement.follow(held, customer, match);
            String limit = news.isEmpty() ? null : overLimit(customer);
            if (limit != null) {
                placement.ask(held, ReviewKind.TOO_MANY_CONTACTS, List.of(customer), limit, null);
            }
        }
        if (recycled) {
            placement.ask(
                    held,
                    ReviewKind.RECYCLED_ID,
                    List.of(customer),
                    "RECYCLED_ID",
                    "name, email and phone all changed");
        }
    }

    private @Nullable String overLimit(CustomerState customer) {
        int emails = 0;
        int phones = 0;
        var seen = new ArrayList<Identifier>();
        for (SourceRecordState member : work.members.records(customer)) {
            for (Identifier identifier : work.customers.keysOf(member)) {
                if (!seen.contains(identifier)) {
                    seen.add(identifier);
                    emails += identifier.kind() == IdentifierKind.EMAIL ? 1 : 0;
                    phones += identifier.kind() == IdentifierKind.PHONE ? 1 : 0;
                }
            }
        }
        if (emails > work.state.policy().maxEmails()) {
            return "TOO_MANY_EMAILS";
        }
        return phones > work.state.policy().maxPhones() ? "TOO_MANY_PHONES" : null;
    }

    /** A source record nobody has seen before. */
    private SourceRecordState newcomer(
            NormalisedCustomer said, SubmissionKey key, FieldTime time, @Nullable CustomerState ours) {
        var record = new SourceRecordState(
                key.sourceKey(),
                "",
                MemberRole.FULL,
                "NEW",
                null,
                submission.getSourceSystem(),
                submission.getSourceCustomerId(),
                submission.getRecordId(),
                submission.getImportId(),
                submission.getLine(),
                new HashMap<>(2),
                key.contentHash(),
                time.getAt(),
                time.getOrder(),
                work.state.now(),
                work.state.now(),
                time,
                new HashMap<>(2),
                said,
                new ArrayList<>(0),
                new ArrayList<>(0),
                new ArrayList<>(0),
                new ArrayList<>(0));
        SourceVersions.rememberClears(record, said, time);
        said.setCleared(new ArrayList<>(0));
        List<Identifier> keys = keys(record);
        switch (mode) {
            case UPSERT -> {
                Matcher matcher = matcher(said, keys, time.getAt());
                placement.place(record, ours == null ? matcher.ofNewcomer() : matcher.of(ours, "OUR_ID"));
            }
            case UPDATE_BY_ID -> {
                var match = new Match();
                match.target = ours;
                match.rule = "BY_ID";
                placement.place(record, match);
            }
            case CREATE_ONLY -> {
                Match found = ours == null
                        ? matcher(said, keys, time.getAt()).ofNewcomer()
                        : matcher(said, keys, time.getAt()).of(ours, "OUR_ID");
                var match = new Match();
                if (found.target != null) {
                    match.questions.add(new Match.Question(
                            ReviewKind.CREATE_ONLY_MATCH, List.of(found.target), found.rule, "create-only"));
                } else {
                    match.questions.addAll(found.questions);
                    match.sharing.addAll(found.sharing);
                }
                placement.place(record, match);
            }
        }
        return record;
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
            record.getGroupOrigins().put(group, submission.getImportId() == null ? "" : submission.getImportId());
            work.state.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            work.state.touch(record.getCustomerId(), "GROUP");
        }
    }

    /** Name, email and phone are all there before and after, and all differ: the system gave its id to somebody else. */
    private boolean isSomebodyElse(NormalisedCustomer before, NormalisedCustomer said) {
        List<Identifier> old = Identifiers.of("", null, before, work.state.policy());
        List<Identifier> now = Identifiers.of("", null, said, work.state.policy());
        return differs(old, now, IdentifierKind.EMAIL)
                && differs(old, now, IdentifierKind.PHONE)
                && KnownName.of(before).compare(KnownName.of(said), work.names) == NameComparison.CONFLICT;
    }

    private static boolean differs(List<Identifier> old, List<Identifier> now, IdentifierKind kind) {
        boolean had = false;
        boolean has = false;
        for (Identifier identifier : old) {
            had |= identifier.kind() == kind;
            if (identifier.kind() == kind && now.contains(identifier)) {
                return false;
            }
        }
        for (Identifier identifier : now) {
            has |= identifier.kind() == kind;
        }
        return had && has;
    }

    private void stamp(SourceRecordState record) {
        record.setRecordId(submission.getRecordId());
        record.setImportId(submission.getImportId());
        record.setLine(submission.getLine());
        record.setReceivedAt(work.state.now());
    }

    private CustomerState customerOf(SourceRecordState record) {
        CustomerState customer = work.state.customer(record.getCustomerId());
        if (customer == null) {
            throw new IllegalStateException("a source record without a customer");
        }
        return customer;
    }

    private List<Identifier> keys(SourceRecordState record) {
        return Identifiers.of(
                record.getSystem(), record.getSourceCustomerId(), record.getContent(), work.state.policy());
    }

    private Matcher matcher(NormalisedCustomer content, List<Identifier> keys, long observedAt) {
        return new Matcher(work, content, keys, observedAt, work.mayMerge);
    }

    private boolean isRejected() {
        for (int i = 0; i < problems.size(); i++) {
            if (problems.get(i).getSeverity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
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
