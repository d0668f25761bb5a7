package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows when an identifier turns out to be many people's (P4): records that came to their customer by it and by nothing
 * else are put to a person, one question for each customer; nothing is undone. Bounded: an identifier remembers at most
 * {@value IdentifierIndex#MAX_OWNERS} holders, and of a customer at most {@value #MAX_RECORDS} records are looked through.
 */
final class SharedIdentifiers {

    private static final int MAX_RECORDS = 250;
    private static final int MAX_NAMED = 50;

    private final DirectoryWork work;

    SharedIdentifiers(DirectoryWork work) {
        this.work = work;
    }

    /** @param cause the row or event by which they turned out so */
    void ask(@Nullable CustomerSubmission cause) {
        for (Identifier identifier : work.identifiers.becameShared()) {
            if (identifier.kind() == IdentifierKind.LOOSE_EMAIL) {
                // Nobody joined by it.
                continue;
            }
            for (String holder : work.identifiers.holders(identifier)) {
                CustomerState customer = work.state.customer(holder);
                if (customer != null && customer.getMemberCount() > 1) {
                    ask(customer, identifier, cause);
                }
            }
        }
    }

    private void ask(CustomerState customer, Identifier identifier, @Nullable CustomerSubmission cause) {
        List<String> doubtful = customer.getMemberCount() > MAX_RECORDS
                ? customer.getMembers()
                        .subList(0, Math.min(MAX_NAMED, customer.getMembers().size()))
                : joinedByItAlone(customer, identifier);
        if (!doubtful.isEmpty()) {
            work.reviews.ask(
                    ReviewKind.SHARED_IDENTIFIER,
                    List.of(customer),
                    doubtful,
                    IdentityRule.shared(identifier.kind()).name(),
                    doubtful.size() + " records joined by this " + identifier.kind() + " alone",
                    cause);
        }
    }

    private List<String> joinedByItAlone(CustomerState customer, Identifier identifier) {
        List<SourceRecordState> records = work.members.records(customer);
        Map<String, Set<Identifier>> keys = new HashMap<>();
        Map<Identifier, Integer> holders = new HashMap<>();
        for (SourceRecordState record : records) {
            Set<Identifier> own = new HashSet<>(work.customers.keysOf(record));
            keys.put(record.getSourceKey(), own);
            own.forEach(key -> holders.merge(key, 1, Integer::sum));
        }
        var doubtful = new ArrayList<String>();
        for (SourceRecordState record : records) {
            Set<Identifier> own = keys.getOrDefault(record.getSourceKey(), Set.of());
            boolean otherTie = own.stream()
                    .anyMatch(key -> !key.equals(identifier)
                            && key.kind() != IdentifierKind.LOOSE_EMAIL
                            && holders.getOrDefault(key, 0) > 1);
            if (record.getRole() == MemberRole.FULL
                    && record.getRule()
                            .equals(IdentityRule.joinedBy(identifier.kind()).name())
                    && own.contains(identifier)
                    && !otherTie
                    && doubtful.size() < MAX_NAMED) {
                doubtful.add(record.getSourceKey());
            }
        }
        return doubtful;
    }
}
