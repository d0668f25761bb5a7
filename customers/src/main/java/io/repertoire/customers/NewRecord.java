package io.repertoire.customers;

import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source record that nobody has seen before: it is written down and finds its customer as its import's mode allows. */
final class NewRecord {

    private final DirectoryWork work;
    private final CustomerSubmission submission;
    private final ImportMode mode;
    private final Placement placement;

    NewRecord(DirectoryWork work, CustomerSubmission submission, ImportMode mode, Placement placement) {
        this.work = work;
        this.submission = submission;
        this.mode = mode;
        this.placement = placement;
    }

    /** @param ours the customer that it names by an id, {@code null} if it names none */
    SourceRecordState store(NormalisedCustomer said, SubmissionKey key, FieldTime time, @Nullable CustomerState ours) {
        SourceRecordState record = blank(said, key, time);
        SourceVersions.rememberClears(record, said, time);
        said.setCleared(new ArrayList<>(0));
        placement.place(record, match(record, ours, time.getAt()));
        return record;
    }

    private Match match(SourceRecordState record, @Nullable CustomerState ours, long observedAt) {
        return switch (mode) {
            case UPSERT -> byRules(record, ours, observedAt);
            case UPDATE_BY_ID -> {
                var match = new Match();
                match.target = ours;
                match.rule = IdentityRule.BY_ID;
                yield match;
            }
            case CREATE_ONLY -> onItsOwn(byRules(record, ours, observedAt));
        };
    }

    private Match byRules(SourceRecordState record, @Nullable CustomerState ours, long observedAt) {
        var matcher = new Matcher(
                work,
                record.getContent(),
                Identifiers.of(
                        record.getSystem(), record.getSourceCustomerId(), record.getContent(), work.state.policy()),
                observedAt,
                work.mayMerge);
        if (ours == null) {
            return matcher.ofNewcomer();
        }
        Match match = matcher.of(ours);
        match.rule = IdentityRule.OUR_ID;
        return match;
    }

    private static Match onItsOwn(Match found) {
        var match = new Match();
        if (found.target != null) {
            match.questions.add(
                    new Match.Question(ReviewKind.CREATE_ONLY_MATCH, List.of(found.target), found.rule, "create-only"));
        } else {
            match.questions.addAll(found.questions);
            match.sharing.addAll(found.sharing);
        }
        return match;
    }

    private SourceRecordState blank(NormalisedCustomer said, SubmissionKey key, FieldTime time) {
        return new SourceRecordState(
                key.sourceKey(),
                "",
                MemberRole.FULL,
                IdentityRule.NEW.name(),
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
                new ArrayList<>(0),
                submission.getRegion(),
                null,
                submission.getImportId() != null,
                null,
                false);
    }
}
