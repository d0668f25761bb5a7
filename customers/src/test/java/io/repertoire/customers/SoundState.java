package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** That what a directory holds fits together: nothing points to what is not there, and everybody is found by what they give. */
final class SoundState {

    private SoundState() {}

    static void check(InMemoryDirectory directory) {
        Map<String, CustomerState> customers = new HashMap<>();
        directory.customers().forEach(c -> customers.put(c.getCustomerId(), c));
        var work = new DirectoryWork(
                new Workspace(People.DIRECTORY, directory, UndoneDirectory.POLICY, 1),
                io.repertoire.customers.name.PersonNames.standard(),
                new PlainNormaliser());
        Set<String> owned = new HashSet<>();
        for (CustomerState customer : customers.values()) {
            if (customer.getMergedInto() != null) {
                assertThat(customers).containsKey(customer.getMergedInto());
                continue;
            }
            for (String id : customer.getMergedIds()) {
                assertThat(customers)
                        .as("merged into %s", customer.getCustomerId())
                        .containsKey(id);
            }
            List<SourceRecordState> members = work.members.records(customer);
            assertThat(members).hasSize(customer.getMemberCount());
            for (SourceRecordState member : members) {
                assertThat(member.getCustomerId()).isEqualTo(customer.getCustomerId());
                assertThat(owned.add(member.getSourceKey())).isTrue();
                for (Identifier identifier : work.customers.keysOf(member)) {
                    IdentifierState held =
                            directory.get(StateTable.IDENTIFIERS, People.DIRECTORY + '/' + identifier.key());
                    assertThat(held).as("%s of %s", identifier, member).isNotNull();
                    assertThat(held.getShared() || held.getOwners().contains(customer.getCustomerId()))
                            .as("%s of %s", identifier, member)
                            .isTrue();
                }
            }
            if (customer.getStatus() != CustomerStatus.ERASED) {
                assertThat(directory.images()).containsKey(customer.getCustomerId());
            }
            customer.getRelations().forEach(relation -> assertThat(customers).containsKey(relation.getCustomerId()));
        }
        var all = new ArrayList<String>();
        directory.sourceRecords().forEach(record -> all.add(record.getSourceKey()));
        assertThat(owned).containsExactlyInAnyOrderElementsOf(all);
        for (String key : directory.keys(StateTable.IDENTIFIERS, "", null, Integer.MAX_VALUE)) {
            IdentifierState held = directory.get(StateTable.IDENTIFIERS, key);
            for (String owner : held.getOwners()) {
                assertThat(customers).as("owner of %s", key).containsKey(owner);
            }
        }
        for (Review review : directory.all(StateTable.REVIEWS)) {
            if (review.getStatus() == io.repertoire.schemas.ReviewStatus.OPEN) {
                assertThat(customers.keySet()).as("%s", review).containsAll(review.getCustomerIds());
            }
        }
        assertThat(directory.images().keySet())
                .isEqualTo(customers.values().stream()
                        .filter(c -> c.getStatus() != CustomerStatus.ERASED)
                        .map(CustomerState::getCustomerId)
                        .collect(java.util.stream.Collectors.toSet()));
    }
}
