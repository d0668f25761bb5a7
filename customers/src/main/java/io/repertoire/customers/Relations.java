package io.repertoire.customers;

import io.repertoire.schemas.Relation;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.state.CustomerState;
import java.util.ArrayList;
import java.util.List;

/** Customers that share something without being one; both sides say so, each at most {@value #MAX} times. */
final class Relations {

    private static final int MAX = 100;

    private final Workspace work;

    Relations(Workspace work) {
        this.work = work;
    }

    /** @return whether that is new */
    boolean relate(CustomerState a, CustomerState b, RelationKind kind) {
        if (!a.getCustomerId().equals(b.getCustomerId())
                && a.getRelations().size() < MAX
                && b.getRelations().size() < MAX) {
            boolean added = add(a, b.getCustomerId(), kind);
            return add(b, a.getCustomerId(), kind) || added;
        }
        return false;
    }

    void unrelate(CustomerState a, CustomerState b, RelationKind kind) {
        remove(a, b.getCustomerId(), kind);
        remove(b, a.getCustomerId(), kind);
    }

    /**
     * Everybody related to the absorbed customer is now related to the survivor.
     *
     * @return the relations that the survivor did not have before
     */
    List<Relation> move(CustomerState absorbed, CustomerState survivor) {
        List<Relation> relations = absorbed.getRelations();
        absorbed.setRelations(new ArrayList<>(0));
        var given = new ArrayList<Relation>(0);
        for (Relation relation : relations) {
            CustomerState other = work.get(StateTable.CUSTOMERS, relation.getCustomerId());
            if (other == null) {
                continue;
            }
            remove(other, absorbed.getCustomerId(), relation.getKind());
            if (other.getMergedInto() == null && !survivor.getRelations().contains(relation)) {
                relate(survivor, other, relation.getKind());
                if (survivor.getRelations().contains(relation)) {
                    given.add(relation);
                }
            }
        }
        return given;
    }

    /**
     * The reverse of {@link #move}.
     *
     * @param before what the absorbed customer had
     * @param given what the survivor has from it only
     */
    void giveBack(CustomerState absorbed, CustomerState survivor, List<Relation> before, List<Relation> given) {
        for (Relation relation : given) {
            CustomerState other = work.customer(relation.getCustomerId());
            if (other != null) {
                remove(survivor, other.getCustomerId(), relation.getKind());
                remove(other, survivor.getCustomerId(), relation.getKind());
            }
        }
        for (Relation relation : before) {
            CustomerState other = work.customer(relation.getCustomerId());
            if (other != null) {
                relate(absorbed, other, relation.getKind());
            }
        }
    }

    private void remove(CustomerState customer, String otherId, RelationKind kind) {
        if (customer.getRelations().remove(new Relation(otherId, kind))) {
            work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
            work.touch(customer.getCustomerId(), "RELATION");
        }
    }

    private boolean add(CustomerState customer, String otherId, RelationKind kind) {
        var relation = new Relation(otherId, kind);
        if (customer.getRelations().contains(relation)) {
            return false;
        }
        customer.getRelations().add(relation);
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        work.touch(customer.getCustomerId(), "RELATION");
        return true;
    }
}
