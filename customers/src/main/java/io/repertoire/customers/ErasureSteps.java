package io.repertoire.customers;

import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.schemas.Erasure;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The long part of {@link EraseCommand}: destroys source records, the latest first, each put under suppression before. */
record ErasureSteps(DirectoryWork work) implements Jobs.Step {

    /** Name of the job's argument: why the person was erased. */
    static final String REASON = "reason";

    private static final int RECORDS_AT_ONCE = 200;

    @Override
    public @Nullable Answer run(JobState job) {
        CustomerState customer = work.state.get(StateTable.CUSTOMERS, String.valueOf(job.getCustomerId()));
        if (customer == null) {
            throw new IllegalStateException("an erasure without a customer");
        }
        List<String> keys = work.members.takeLast(customer, RECORDS_AT_ONCE);
        for (String key : keys) {
            SourceRecordState record = work.state.get(StateTable.SOURCE_RECORDS, key);
            if (record != null) {
                job.setChanged(job.getChanged() + destroy(customer, record, job.getStartedAt()));
                work.undo.forget(record);
                work.state.delete(StateTable.SOURCE_RECORDS, key);
                job.setDone(job.getDone() + 1);
            }
        }
        work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        if (customer.getMemberCount() > 0) {
            return null;
        }
        work.suppression.count(-1);
        closeReviews(customer);
        work.state.erased(
                customer.getCustomerId(),
                customer.getMergedIds(),
                new Erasure(
                        job.getActor(),
                        job.getArguments().get(REASON),
                        job.getDone(),
                        job.getChanged(),
                        customer.getRetentionHold()));
        return Answer.done("Erased.", customer);
    }

    /** @return contact points and ids put under suppression */
    private int destroy(CustomerState customer, SourceRecordState record, long erasedAt) {
        int leads = 0;
        for (Identifier lead :
                work.suppression.leads(record.getSystem(), record.getSourceCustomerId(), record.getContent())) {
            if (isReleased(record, lead)) {
                work.identifiers.forget(lead.key(), customer.getCustomerId());
                continue;
            }
            if (!isManyPeoples(customer, lead)) {
                work.suppression.add(lead, erasedAt);
                leads++;
            } else if (work.suppression.addWithName(lead, record.getContent(), erasedAt)) {
                leads++;
            }
            work.identifiers.forget(lead.key(), customer.getCustomerId());
        }
        forgetPoints(customer, record.getContent());
        return leads;
    }

    /** What was refused is held by contact point, of those too that lead to nobody. */
    private void forgetPoints(CustomerState customer, NormalisedCustomer content) {
        for (HeldConsent consent : content.getConsents()) {
            if (consent.getContact() != null) {
                work.identifiers.forget("email/" + consent.getContact(), customer.getCustomerId());
                work.identifiers.forget("phone/" + consent.getContact(), customer.getCustomerId());
            }
        }
        for (HeldEmail email : content.getEmails()) {
            if (email.getValue() != null) {
                work.identifiers.forget("email/" + email.getValue(), customer.getCustomerId());
                // Also where the directory does not want them any more: they may be there from when it did.
                String loose = Emails.loose(email.getValue());
                if (loose != null) {
                    work.identifiers.forget(
                            IdentifierKind.LOOSE_EMAIL.keyPart() + '/' + loose, customer.getCustomerId());
                }
            }
        }
        for (HeldPhone phone : content.getPhones()) {
            if (phone.getE164() != null) {
                work.identifiers.forget("phone/" + phone.getE164(), customer.getCustomerId());
            }
        }
    }

    /** A number that went to somebody else (P10) leads to them, who must still get in. */
    private static boolean isReleased(SourceRecordState record, Identifier lead) {
        return record.getReleased().stream()
                .anyMatch(released -> released.getIdentifier().equals(lead.key()));
    }

    /**
     * What many people give is not this person's, and the others must still get in: as long as there is another. So the answer is
     * the same for each of the person's records, also when those before it have been destroyed.
     */
    private boolean isManyPeoples(CustomerState customer, Identifier lead) {
        return work.identifiers.isShared(lead.kind().keyPart(), lead.value())
                && work.identifiers.holders(lead).stream().anyMatch(holder -> !holder.equals(customer.getCustomerId()));
    }

    private void closeReviews(CustomerState customer) {
        var named = new ReviewList(work.state);
        for (String reviewId : named.of(customer)) {
            Review review = work.state.get(StateTable.REVIEWS, reviewId);
            if (review != null) {
                var keys = new ArrayList<>(review.getSourceKeys());
                keys.removeIf(key -> work.state.get(StateTable.SOURCE_RECORDS, key) == null);
                review.setSourceKeys(keys);
                work.reviews.reconsider(review, "ERASE");
            }
        }
        named.clear(customer);
    }
}
