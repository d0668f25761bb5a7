package io.repertoire.customers;

import io.repertoire.customers.golden.PostalText;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ties the statements of a submission to the contact points they were made about, when they are made: later the same source record
 * may have other ones, and these were never asked (P34).
 */
final class ConsentStatements {

    private ConsentStatements() {}

    /**
     * @param held what the source record said before, for a statement that comes without a contact point
     * @return one statement per contact point; a no about a channel of which none is known stays without one, and is the person's
     */
    static List<HeldConsent> tied(
            NormalisedCustomer said, @Nullable NormalisedCustomer held, CustomerSubmission submission, long now) {
        return tied(
                said, held, isExplicit(submission), submission.getObservedAt().toEpochMilli(), now);
    }

    /**
     * @param explicit the person decided, at that time
     * @param at event time
     */
    static List<HeldConsent> tied(
            NormalisedCustomer said, @Nullable NormalisedCustomer held, boolean explicit, long at, long now) {
        List<HeldConsent> statements = said.getConsents();
        var tied = new ArrayList<HeldConsent>(statements.size());
        for (int i = 0; i < statements.size(); i++) {
            HeldConsent statement = copy(statements.get(i), statements.get(i).getContact());
            date(statement, explicit, at, now);
            if (statement.getContact() != null) {
                tied.add(statement);
                continue;
            }
            List<String> points = points(statement.getChannel(), said);
            if (points.isEmpty() && held != null) {
                points = points(statement.getChannel(), held);
            }
            for (String point : points) {
                tied.add(copy(statement, point));
            }
            if (points.isEmpty()) {
                tied.add(statement);
            }
        }
        if (explicit) {
            liftStop(tied);
        }
        return tied;
    }

    /** Who gives consent after having stopped everything has started again, with this contact point and no other. */
    private static void liftStop(List<HeldConsent> tied) {
        for (HeldConsent statement : List.copyOf(tied)) {
            if (statement.getStatus() == ConsentStatus.GRANTED
                    && statement.getPurpose() == ConsentPurpose.MARKETING
                    && statement.getContact() != null) {
                HeldConsent lift = copy(statement, null);
                lift.setChannel(ConsentChannel.OTHER);
                tied.add(lift);
                return;
            }
        }
    }

    private static HeldConsent copy(HeldConsent c, @Nullable String contact) {
        return new HeldConsent(
                c.getChannel(),
                c.getPurpose(),
                c.getStatus(),
                contact,
                c.getDecidedAt(),
                c.getRecordedAt(),
                c.getBasis(),
                c.getEvidence());
    }

    /** An event that is about consent says when it was given; a customer that is said once more, by a file or a shop, does not. */
    private static void date(HeldConsent statement, boolean explicit, long at, long now) {
        if (statement.getDecidedAt() == null && explicit) {
            statement.setDecidedAt(Math.min(at, now));
        } else if (statement.getDecidedAt() != null && statement.getDecidedAt() > now) {
            statement.setDecidedAt(now);
        }
    }

    /** The person decided, just now: not a state that is copied from somewhere. */
    static boolean isExplicit(CustomerSubmission submission) {
        return submission.getOperation() == SubmissionOperation.CONSENT && submission.getImportId() == null;
    }

    private static List<String> points(ConsentChannel channel, NormalisedCustomer content) {
        var points = new ArrayList<String>(2);
        switch (channel) {
            case EMAIL -> {
                for (HeldEmail email : content.getEmails()) {
                    add(points, email.getValue());
                }
            }
            case SMS, PHONE -> {
                for (HeldPhone phone : content.getPhones()) {
                    add(points, phone.getE164());
                }
            }
            case POST -> {
                for (SubmittedAddress address : content.getAddresses()) {
                    add(points, PostalText.of(address));
                }
            }
            case OTHER -> {}
        }
        return points;
    }

    private static void add(List<String> points, @Nullable String value) {
        if (value != null && !points.contains(value)) {
            points.add(value);
        }
    }

    /** Those that the source record did not hold already. */
    static List<HeldConsent> news(List<HeldConsent> tied, @Nullable NormalisedCustomer held) {
        var news = new ArrayList<HeldConsent>(tied.size());
        for (HeldConsent statement : tied) {
            if (statement.getStatus() != ConsentStatus.UNKNOWN
                    && statement.getChannel() != ConsentChannel.OTHER
                    && (held == null || !isHeld(held, statement))) {
                news.add(statement);
            }
        }
        return news;
    }

    private static boolean isHeld(NormalisedCustomer held, HeldConsent statement) {
        for (HeldConsent other : held.getConsents()) {
            if (other.getChannel() == statement.getChannel()
                    && other.getPurpose() == statement.getPurpose()
                    && other.getStatus() == statement.getStatus()
                    && other.getBasis() == statement.getBasis()
                    && Objects.equals(other.getContact(), statement.getContact())
                    && Objects.equals(other.getDecidedAt(), statement.getDecidedAt())
                    && Objects.equals(other.getEvidence(), statement.getEvidence())) {
                return true;
            }
        }
        return false;
    }
}
