package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.NameRelation;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.SaleState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which customers hold an identifier. At most {@value #MAX_OWNERS} are remembered: an identifier that more hold is shared, and
 * says nothing about anyone (P4).
 */
final class IdentifierIndex {

    static final int MAX_OWNERS = 50;

    /** Names compared before an identifier is taken not to be shared yet: no input may carry more. */
    private static final int MAX_COMPARISONS = 4_000;

    private final Workspace work;
    private final PersonNames names;
    private final UndoLog undo;
    private final List<Identifier> becameShared = new ArrayList<>(0);
    private final List<Identifier> newCards = new ArrayList<>(0);
    private int comparisons;

    IdentifierIndex(Workspace work, PersonNames names, UndoLog undo) {
        this.work = work;
        this.undo = undo;
        this.names = names;
    }

    /** The customers an identifier may point to: none if it is shared. */
    List<CustomerState> owners(Identifier identifier) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null || held.getShared() || held.getOwners().isEmpty()) {
            return List.of();
        }
        var owners = new ArrayList<CustomerState>(held.getOwners().size());
        for (int i = 0; i < held.getOwners().size(); i++) {
            CustomerState owner = work.customer(held.getOwners().get(i));
            if (owner != null && owner.getStatus() != CustomerStatus.ERASED && !holds(owners, owner.getCustomerId())) {
                owners.add(owner);
            }
        }
        if (owners.size() > 1) {
            // Where not all of them fit into one customer the oldest go first, whatever order merges have left the list
            // in.
            owners.sort(Comparator.comparingLong(CustomerState::getCreatedSeq));
        }
        return owners;
    }

    private static boolean holds(List<CustomerState> customers, String customerId) {
        for (int i = 0; i < customers.size(); i++) {
            if (customers.get(i).getCustomerId().equals(customerId)) {
                return true;
            }
        }
        return false;
    }

    /** Its id as it was written down, not who that is today. */
    @Nullable
    String firstOwner(Identifier identifier) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        return held == null || held.getOwners().isEmpty()
                ? null
                : held.getOwners().get(0);
    }

    /** Cards that nobody had before this input; none while nothing waits in the directory. */
    List<Identifier> newCards() {
        return newCards;
    }

    /** @param kind {@code email} or {@code phone} */
    boolean isShared(String kind, String value) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, kind + '/' + value);
        return held != null && held.getShared();
    }

    void add(Identifier identifier, String customerId, long observedAt) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null) {
            held = new IdentifierState(
                    new ArrayList<>(1), false, observedAt, new ArrayList<>(0), null, false, null, false);
            if (identifier.kind() == IdentifierKind.LOYALTY_CARD
                    && work.directory().getAwaited() > 0) {
                newCards.add(identifier);
            }
        } else if (held.getOwners().contains(customerId)) {
            return;
        }
        if (held.getShared() && held.getOwners().size() >= MAX_OWNERS) {
            // However many more hold it, nothing is read and nothing written for them.
            if (!held.getOverflowed()) {
                held.setOverflowed(true);
                work.put(StateTable.IDENTIFIERS, identifier.key(), held);
            }
            return;
        }
        held.setLastSeen(Math.max(held.getLastSeen(), observedAt));
        held.setJoinedSince(held.getJoinedSince() || (held.getSharedBy() != null && undo.importId() == null));
        if (held.getOwners().size() < MAX_OWNERS) {
            held.getOwners().add(customerId);
        }
        work.put(StateTable.IDENTIFIERS, identifier.key(), held);
        if (!held.getShared() && isHeldByTooMany(identifier.kind(), held)) {
            held.setShared(true);
            held.setSharedBy(undo.shared(identifier));
            work.put(StateTable.IDENTIFIERS, identifier.key(), held);
            becameShared.add(identifier);
            for (String owner : held.getOwners()) {
                work.touch(owner, "SHARED_IDENTIFIER");
            }
        }
    }

    /**
     * A row that is taken back made it shared: is it still?
     *
     * @param entry of the row, as {@link UndoLog#shared} gave it
     */
    void unshare(String key, String entry) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, key);
        if (held == null || !entry.equals(held.getSharedBy())) {
            return;
        }
        held.setSharedBy(null);
        work.put(StateTable.IDENTIFIERS, key, held);
        boolean asBefore = !held.getJoinedSince();
        held.setJoinedSince(false);
        if (!asBefore && isHeldByTooMany(IdentifierKind.ofKey(key), held)) {
            return;
        }
        held.setShared(false);
        held.setOverflowed(false);
        for (String owner : held.getOwners()) {
            work.touch(owner, ImportUndo.RULE);
        }
        if (held.getOwners().isEmpty() && held.getDenied().isEmpty()) {
            work.delete(StateTable.IDENTIFIERS, key);
        } else {
            work.put(StateTable.IDENTIFIERS, key, held);
        }
    }

    /** Those that stopped matching with this input. */
    List<Identifier> becameShared() {
        return becameShared;
    }

    /** Whoever is remembered to hold it, shared or not; at most {@value #MAX_OWNERS}. */
    List<String> holders(Identifier identifier) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        return held == null ? List.of() : held.getOwners();
    }

    /** An owner comes back that was one before: whether too many hold it was decided then. */
    void giveBack(Identifier identifier, String customerId, long observedAt) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null) {
            held = new IdentifierState(
                    new ArrayList<>(1), false, observedAt, new ArrayList<>(0), null, false, null, false);
        }
        if (!held.getOwners().contains(customerId) && held.getOwners().size() < MAX_OWNERS) {
            held.getOwners().add(customerId);
        }
        work.put(StateTable.IDENTIFIERS, identifier.key(), held);
    }

    /** One that nobody can hold yet, such as a code just drawn: it is not looked up. */
    void addNew(Identifier identifier, String customerId, long observedAt) {
        var owners = new ArrayList<String>(1);
        owners.add(customerId);
        work.put(
                StateTable.IDENTIFIERS,
                identifier.key(),
                new IdentifierState(owners, false, observedAt, new ArrayList<>(0), null, false, null, false));
    }

    /** @return the last purchase of whoever held it, if that is forgotten now */
    @Nullable
    PointPurchase remove(Identifier identifier, String customerId) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null || !held.getOwners().remove(customerId)) {
            return null;
        }
        PointPurchase purchase = held.getOwners().isEmpty() ? held.getPurchase() : null;
        if (held.getOwners().isEmpty() && !held.getShared() && held.getDenied().isEmpty()) {
            work.delete(StateTable.IDENTIFIERS, identifier.key());
            return purchase;
        }
        if (purchase != null) {
            held.setPurchase(null);
        }
        work.put(StateTable.IDENTIFIERS, identifier.key(), held);
        return purchase;
    }

    /**
     * It is somebody else's altogether from now on: what its former holder bought with it implies no consent of those who hold it (P39).
     * What was refused still counts, and so does what one of them bought.
     */
    void passOn(Identifier identifier, String customerId) {
        remove(identifier, customerId);
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null || held.getPurchase() == null) {
            return;
        }
        SaleState sale = work.get(StateTable.SALES, held.getPurchase().getSale());
        String buyer = sale == null ? null : sale.getSale().getCustomerId();
        CustomerState owner = buyer == null ? null : work.customer(buyer);
        if (owner == null || !held.getOwners().contains(owner.getCustomerId())) {
            bought(identifier.key(), held, null);
        }
    }

    /** What was last bought by a contact point that somebody holds again. */
    void giveBack(String key, PointPurchase purchase) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, key);
        if (held != null && held.getPurchase() == null) {
            bought(key, held, purchase);
        }
    }

    private void bought(String key, IdentifierState held, @Nullable PointPurchase purchase) {
        held.setPurchase(purchase);
        work.put(StateTable.IDENTIFIERS, key, held);
        for (String owner : held.getOwners()) {
            work.touch(owner, "PURCHASE");
        }
    }

    /**
     * As {@link #remove}, and nothing of it is kept for anybody if nobody else holds it, neither what was refused nor that it was
     * shared. Where more hold it than are remembered, it stays shared (P4) also without those.
     */
    void forget(String key, String customerId) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, key);
        if (held == null) {
            return;
        }
        held.getOwners().remove(customerId);
        if (held.getOwners().isEmpty() && !held.getOverflowed()) {
            if (held.getSharedBy() != null) {
                work.delete(StateTable.UNDO, held.getSharedBy());
            }
            work.delete(StateTable.IDENTIFIERS, key);
        } else {
            work.put(StateTable.IDENTIFIERS, key, held);
        }
    }

    /** One customer takes another's place. */
    void repoint(Identifier identifier, String from, String to) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, identifier.key());
        if (held == null) {
            return;
        }
        int at = held.getOwners().indexOf(from);
        if (at < 0) {
            return;
        }
        if (held.getOwners().contains(to)) {
            held.getOwners().remove(at);
        } else {
            held.getOwners().set(at, to);
        }
        work.put(StateTable.IDENTIFIERS, identifier.key(), held);
    }

    /** People whose names are pairwise in conflict; spellings of one name count as one. */
    private boolean isHeldByTooMany(IdentifierKind kind, IdentifierState held) {
        int owners = held.getOwners().size();
        if (owners >= MAX_OWNERS) {
            return true;
        }
        int limit;
        switch (kind) {
            case EMAIL -> limit = work.policy().emailDegree();
            case PHONE -> limit = work.policy().phoneDegree();
            default -> {
                return false;
            }
        }
        if (owners <= limit) {
            return false;
        }
        var people = new ArrayList<CustomerState>(owners);
        for (String id : held.getOwners()) {
            CustomerState owner = work.customer(id);
            if (owner != null && !owner.getNames().isEmpty()) {
                people.add(owner);
            }
        }
        comparisons = 0;
        return areInConflict(people, limit + 1);
    }

    /** Whether so many of these are in conflict each with each, whichever of them came first. */
    private boolean areInConflict(List<CustomerState> among, int wanted) {
        if (wanted <= 1) {
            return among.size() >= wanted;
        }
        for (int i = 0; among.size() - i >= wanted && comparisons < MAX_COMPARISONS; i++) {
            var rest = new ArrayList<CustomerState>(among.size() - i - 1);
            for (int j = i + 1; j < among.size(); j++) {
                comparisons++;
                if (NameRelation.between(among.get(i).getNames(), among.get(j).getNames(), names)
                        == NameRelation.CONFLICT) {
                    rest.add(among.get(j));
                }
            }
            if (areInConflict(rest, wanted - 1)) {
                return true;
            }
        }
        return false;
    }
}
