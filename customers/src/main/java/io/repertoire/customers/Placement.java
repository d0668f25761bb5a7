package io.repertoire.customers;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out a {@link Match}: gives the record its customer, makes customers one, relates them, asks people. */
final class Placement {

    private final DirectoryWork work;
    private final CustomerSubmission submission;
    private boolean created;
    private boolean merged;

    Placement(DirectoryWork work, CustomerSubmission submission) {
        this.work = work;
        this.submission = submission;
    }

    /** A customer was made that did not exist before. */
    boolean created() {
        return created;
    }

    /** Customers that existed before are now one. */
    boolean merged() {
        return merged;
    }

    /** Puts a record without a customer where the match says. */
    void place(SourceRecordState record, Match found) {
        Match match = found;
        if (found.target != null && Distinctions.areApart(record.getDistinct(), found.target.getDistinct())) {
            // A person said of this very record that it is not this customer's (P14).
            match = new Match();
            match.rule = IdentityRule.DISTINCT;
        }
        record.setRule(match.rule.name());
        record.setEvidence(match.evidence);
        record.setRole(match.lookup ? MemberRole.LOOKUP : MemberRole.FULL);
        CustomerState customer = match.target;
        if (customer == null) {
            customer = work.customers.create(submission.getRecordId());
            created = true;
        } else if (match.replacesLookup) {
            demoteLookups(customer, record.getSourceKey());
        }
        work.customers.add(customer, record);
        follow(record, customer, match);
    }

    /** A named record came to a bare look-up: what was there carries sales only from now on, unless it has an email to give. */
    private void demoteLookups(CustomerState customer, String cause) {
        for (SourceRecordState member : work.members.records(customer)) {
            if (member.getRole() == MemberRole.FULL
                    && member.getContent().getEmails().isEmpty()) {
                work.customers.demote(customer, member, cause);
            }
        }
    }

    /** What follows from a match besides the record's place: merges, relations, questions. */
    CustomerState follow(SourceRecordState record, CustomerState placed, Match match) {
        CustomerState customer = placed;
        // The oldest first: it absorbs each of the others, so that each can be given back as it was.
        match.same.sort(Comparator.comparingLong(CustomerState::getCreatedSeq));
        for (CustomerState other : match.same) {
            CustomerState one = customer;
            customer = work.merger.merge(one, other, IdentityRule.BRIDGE_NAMES_SAME.name(), match.evidence);
            work.undo.merged(customer, customer.equals(one) ? other : one, record.getSourceKey());
            merged = true;
        }
        for (Match.Recycled recycled : match.recycled) {
            work.customers.release(
                    recycled.from(), recycled.identifier(), record.getObservedAt(), record.getSourceKey());
        }
        for (Match.Sharing sharing : match.sharing) {
            if (work.relations.relate(customer, sharing.other(), sharing.kind())) {
                work.undo.related(customer, sharing.other(), sharing.kind(), record.getSourceKey());
            }
        }
        for (Match.Question question : match.questions) {
            var about = new ArrayList<CustomerState>(question.others());
            about.add(customer);
            ask(record, question.kind(), about, question.rule(), question.evidence());
        }
        return customer;
    }

    void ask(
            SourceRecordState record,
            ReviewKind kind,
            List<CustomerState> about,
            IdentityRule rule,
            @Nullable String evidence) {
        work.reviews.ask(kind, about, List.of(record.getSourceKey()), rule.name(), evidence, submission);
    }
}
