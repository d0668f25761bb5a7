package io.repertoire.customers;

import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.EarlierDenial;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.PointDenial;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was refused for a contact point, which stays with it whoever holds it (P34): for each channel and purpose the latest no. */
final class Denials {

    /** Earlier ones that are kept for the undo of imports, which is possible for a month. */
    private static final int MOST_EARLIER = 8;

    private final Workspace work;
    private final @Nullable String importId;

    /** @param importId the import whose row is handled */
    Denials(Workspace work, @Nullable String importId) {
        this.work = work;
        this.importId = importId;
    }

    void add(HeldConsent no) {
        String key = keyOf(no);
        if (key == null) {
            return;
        }
        IdentifierState point = work.get(StateTable.IDENTIFIERS, key);
        if (point == null) {
            point = new IdentifierState(
                    new ArrayList<>(0), false, no.getRecordedAt(), new ArrayList<>(1), null, false, null, false);
        }
        if (!replace(point.getDenied(), denial(no, importId))) {
            return;
        }
        work.put(StateTable.IDENTIFIERS, key, point);
        touch(point);
    }

    private boolean replace(List<PointDenial> denials, PointDenial denial) {
        for (int i = 0; i < denials.size(); i++) {
            PointDenial held = denials.get(i);
            if (isAbout(held, denial)) {
                boolean later = denial.getDecidedAt() > held.getDecidedAt();
                if (later) {
                    remember(held, denial);
                    denials.set(i, denial);
                }
                return later;
            }
        }
        denials.add(denial);
        return true;
    }

    /** What an import's no takes the place of comes back if the import is undone. */
    private void remember(PointDenial held, PointDenial denial) {
        if (importId == null) {
            return;
        }
        boolean sameImport = importId.equals(held.getImportId());
        denial.setReplaced(held.getReplaced() + (sameImport ? 0 : 1));
        denial.setEarlier(held.getEarlier());
        if (!sameImport) {
            denial.getEarlier()
                    .add(
                            0,
                            new EarlierDenial(
                                    held.getDecidedAt(),
                                    held.getRecordedAt(),
                                    held.getBasis(),
                                    held.getEvidence(),
                                    held.getImportId()));
            if (denial.getEarlier().size() > MOST_EARLIER) {
                denial.getEarlier().remove(MOST_EARLIER);
            }
        }
    }

    private static boolean isAbout(PointDenial one, PointDenial other) {
        return one.getChannel() == other.getChannel() && one.getPurpose() == other.getPurpose();
    }

    private static PointDenial denial(HeldConsent no, @Nullable String saidBy) {
        long at = no.getDecidedAt() == null ? no.getRecordedAt() : no.getDecidedAt();
        return new PointDenial(
                no.getChannel(),
                no.getPurpose(),
                at,
                no.getRecordedAt(),
                no.getBasis(),
                no.getEvidence(),
                saidBy,
                0,
                new ArrayList<>(0));
    }

    /**
     * A row that said no is taken back: its no goes, and the one that its place was taken from comes back, or a later one that the
     * records of those who hold the contact point say. Where there was one that is not known any more, the later no stays: nobody is
     * written to by mistake.
     *
     * @param from the import of that row
     */
    void withdraw(String from, HeldConsent no, Members members) {
        String key = keyOf(no);
        IdentifierState point = key == null ? null : work.get(StateTable.IDENTIFIERS, key);
        if (key == null || point == null) {
            return;
        }
        PointDenial asked = denial(no, from);
        PointDenial held = point.getDenied().stream()
                .filter(denial -> isAbout(denial, asked))
                .findFirst()
                .orElse(null);
        if (held == null) {
            return;
        }
        if (!from.equals(held.getImportId())) {
            // Something later took its place, which needs not know of it any more.
            if (held.getEarlier().removeIf(earlier -> from.equals(earlier.getImportId()))) {
                held.setReplaced(Math.max(0, held.getReplaced() - 1));
                work.put(StateTable.IDENTIFIERS, key, point);
            }
            return;
        }
        PointDenial next = next(held, stillSaid(point, no, members));
        if (held.equals(next)) {
            return;
        }
        point.getDenied().remove(held);
        if (next != null) {
            point.getDenied().add(next);
        }
        if (point.getOwners().isEmpty()
                && !point.getShared()
                && point.getDenied().isEmpty()) {
            work.delete(StateTable.IDENTIFIERS, key);
        } else {
            work.put(StateTable.IDENTIFIERS, key, point);
        }
        touch(point);
    }

    /** @param said the latest that anybody's record says now */
    private static @Nullable PointDenial next(PointDenial held, @Nullable PointDenial said) {
        EarlierDenial before =
                held.getEarlier().isEmpty() ? null : held.getEarlier().get(0);
        if (before != null && (said == null || said.getDecidedAt() <= before.getDecidedAt())) {
            var rest = new ArrayList<>(
                    held.getEarlier().subList(1, held.getEarlier().size()));
            return new PointDenial(
                    held.getChannel(),
                    held.getPurpose(),
                    before.getDecidedAt(),
                    before.getRecordedAt(),
                    before.getBasis(),
                    before.getEvidence(),
                    before.getImportId(),
                    Math.max(0, held.getReplaced() - 1),
                    rest);
        }
        if (said != null) {
            said.setReplaced(held.getReplaced());
            said.setEarlier(held.getEarlier());
            return said;
        }
        return held.getReplaced() > 0 ? held : null;
    }

    /** The latest no about it in the records of those who hold it. */
    private @Nullable PointDenial stillSaid(IdentifierState point, HeldConsent asked, Members members) {
        PointDenial latest = null;
        for (String owner : point.getOwners()) {
            CustomerState customer = work.customer(owner);
            if (customer == null) {
                continue;
            }
            for (SourceRecordState record : members.records(customer)) {
                for (HeldConsent said : record.getContent().getConsents()) {
                    if (said.getStatus() == ConsentStatus.DENIED
                            && said.getChannel() == asked.getChannel()
                            && said.getPurpose() == asked.getPurpose()
                            && Objects.equals(said.getContact(), asked.getContact())) {
                        PointDenial denial = denial(said, UndoLog.saidBy(record));
                        latest = latest == null || denial.getDecidedAt() > latest.getDecidedAt() ? denial : latest;
                    }
                }
            }
        }
        return latest;
    }

    private void touch(IdentifierState point) {
        for (String owner : point.getOwners()) {
            CustomerState customer = work.customer(owner);
            if (customer != null) {
                work.touch(customer.getCustomerId(), "CONSENT");
            }
        }
    }

    /** @return where it is kept; {@code null} if it is about no email and no phone */
    private static @Nullable String keyOf(HeldConsent statement) {
        if (statement.getContact() == null) {
            return null;
        }
        return switch (statement.getChannel()) {
            case EMAIL -> "email/" + statement.getContact();
            case SMS, PHONE -> "phone/" + statement.getContact();
            case POST, OTHER -> null;
        };
    }
}
