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

    void relate(CustomerState a, CustomerState b, RelationKind kind) {
        if (!a.getCustomerId().equals(b.getCustomerId())
                && a.getRelations().size() < MAX
                && b.getRelations().size() < MAX) {
            add(a, b.getCustomerId(), kind);
            add(b, a.getCustomerId(), kind);
        }
    }

    /** Everybody related to the absorbed customer is now related to the survivor. */
    void move(CustomerState absorbed, CustomerState survivor) {
        List<Relation> relations = absorbed.getRelations();
        absorbed.setRelations(new ArrayList<>(0));
        for (Relation relation : relations) {
            CustomerState other = work.get(StateTable.CUSTOMERS, relation.getCustomerId());
            if (other == null) {
                continue;
            }
            other.getRelations().remove(new Relation(absorbed.getCustomerId(), relation.getKind()));
            work.put(StateTable.CUSTOMERS, other.getCustomerId(), other);
            work.touch(other.getCustomerId(), "RELATION");
            if (other.getMergedInto() == null) {
                relate(survivor, other, relation.getKind());
            }
        }
    }

    private void add(CustomerState customer, String otherId, RelationKind kind) {
        var relation = new Relation(otherId, kind);
        if (!customer.getRelations().contains(relation)) {
            customer.getRelations().add(relation);
            work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
            work.touch(customer.getCustomerId(), "RELATION");
        }
    }
}
