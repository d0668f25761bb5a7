package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a record belongs, and what else follows from it. Filled by {@link Matcher}, carried out by its caller. */
final class Match {

    /** The customer it joins; {@code null}: a new one of its own. */
    @Nullable
    CustomerState target;

    /** Rule of RULES C-1 that decided. */
    IdentityRule rule = IdentityRule.NEW;

    /** What agreed, without the values. */
    @Nullable
    String evidence;

    /** It joins as a look-up, which gives no values. */
    boolean lookup;

    /** It joins a customer that was only a look-up so far. */
    boolean replacesLookup;

    /** Customers that this record proves to be the target too. */
    final List<CustomerState> same = new ArrayList<>(0);

    final List<Question> questions = new ArrayList<>(0);
    final List<Sharing> sharing = new ArrayList<>(0);

    /** Numbers that are the record's customer's from now on, and another's no longer. */
    final List<Recycled> recycled = new ArrayList<>(0);

    /** Any customer at all that holds one of its identifiers. */
    boolean touchesSomeone;

    /** To be asked about the record's customer and these. */
    record Question(ReviewKind kind, List<CustomerState> others, IdentityRule rule, String evidence) {}

    /** The record's customer shares something with another. */
    record Sharing(CustomerState other, RelationKind kind) {}

    /** @param from who held it so far */
    record Recycled(CustomerState from, Identifier identifier) {}

    boolean isNew() {
        return target == null;
    }
}
