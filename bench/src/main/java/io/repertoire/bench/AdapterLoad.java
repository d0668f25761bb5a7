package io.repertoire.bench;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.DirectoryView;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Provenance;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Reads and writes what the rules would for a plain row, and decides nothing: what is left is the cost of the adapter, the stores
 * and Kafka.
 */
final class AdapterLoad implements DirectoryMachine {

    private static final String[] FIELDS = {"given_name", "family_name", "display_name", "addresses"};

    @Override
    public Decision apply(Input input, DirectoryView view) {
        var row = ((Input.Submission) input).value();
        var directory = row.getDirectoryId();
        var held = view.get(StateTable.DIRECTORIES, directory);
        long version = held == null ? 1 : held.getVersion() + 1;
        var email = row.getCustomer().getEmails().get(0).getValue();
        var phone = row.getCustomer().getPhones().get(0).getValue();
        var emailKey = Keys.of(directory, "email/" + email);
        var phoneKey = Keys.of(directory, "phone/" + phone);
        var sourceKey = row.getRecordId();
        var known = view.get(StateTable.IDENTIFIERS, emailKey);
        view.get(StateTable.IDENTIFIERS, phoneKey);
        view.get(StateTable.SOURCE_RECORDS, Keys.of(directory, sourceKey));
        var id = known == null ? "c" + version : known.getOwners().get(0);
        var customer = known == null ? null : view.get(StateTable.CUSTOMERS, Keys.of(directory, id));
        var members = new ArrayList<String>(customer == null ? List.of() : customer.getMembers());
        for (var member : members) {
            view.get(StateTable.SOURCE_RECORDS, Keys.of(directory, member));
        }
        members.add(sourceKey);
        long at = row.getReceivedAt().toEpochMilli();

        var changes = new ArrayList<StateChange<?>>();
        changes.add(new StateChange<>(
                StateTable.DIRECTORIES,
                directory,
                DirectoryState.newBuilder()
                        .setVersion(version)
                        .setNextCode(version)
                        .build()));
        changes.add(new StateChange<>(
                StateTable.SOURCE_RECORDS, Keys.of(directory, sourceKey), sourceRecord(row, sourceKey, id, at)));
        changes.add(new StateChange<>(
                StateTable.CUSTOMERS, Keys.of(directory, id), customerState(id, members, version, at)));
        var owners = IdentifierState.newBuilder()
                .setOwners(List.of(id))
                .setLastSeen(at)
                .build();
        changes.add(new StateChange<>(StateTable.IDENTIFIERS, emailKey, owners));
        changes.add(new StateChange<>(StateTable.IDENTIFIERS, phoneKey, owners));

        var outputs = new ArrayList<Output<?>>();
        outputs.add(new Output<>(
                Topics.DIRECTORY, Keys.of(directory, id), image(row, id, sourceKey, version), version, true));
        outputs.add(Output.of(Topics.CHANGES, Keys.of(directory, id), change(row, id, version)));
        outputs.add(Output.of(
                Topics.ROW_OUTCOMES,
                Keys.of(directory, "bench"),
                RowOutcome.newBuilder()
                        .setDirectoryId(directory)
                        .setImportId("bench")
                        .setLine(row.getLine())
                        .setRecordId(row.getRecordId())
                        .setOutcome(known == null ? RowOutcomeKind.CREATED : RowOutcomeKind.UPDATED)
                        .setCustomerId(id)
                        .setVersion(version)
                        .build()));
        return new Decision(changes, outputs);
    }

    private static SourceRecordState sourceRecord(CustomerSubmission row, String sourceKey, String id, long at) {
        var customer = row.getCustomer();
        return SourceRecordState.newBuilder()
                .setSourceKey(sourceKey)
                .setCustomerId(id)
                .setRule("bench")
                .setSystem(row.getSourceSystem())
                .setRecordId(row.getRecordId())
                .setImportId("bench")
                .setLine(row.getLine())
                .setContentHash(ByteBuffer.wrap(new byte[16]))
                .setObservedAt(at)
                .setObservedOrder(row.getLine())
                .setFirstReceivedAt(at)
                .setReceivedAt(at)
                .setStated(
                        FieldTime.newBuilder().setAt(at).setOrder(row.getLine()).build())
                .setContent(NormalisedCustomer.newBuilder()
                        .setGivenName(customer.getGivenName())
                        .setFamilyName(customer.getFamilyName())
                        .setEmails(List.of(HeldEmail.newBuilder()
                                .setRaw(customer.getEmails().get(0).getValue())
                                .setValue(customer.getEmails().get(0).getValue())
                                .build()))
                        .setPhones(List.of(HeldPhone.newBuilder()
                                .setRaw(customer.getPhones().get(0).getValue())
                                .setE164(customer.getPhones().get(0).getValue())
                                .build()))
                        .setAddresses(customer.getAddresses())
                        .build())
                .build();
    }

    private static CustomerState customerState(String id, List<String> members, long version, long at) {
        return CustomerState.newBuilder()
                .setCustomerId(id)
                .setCode("C-" + version)
                .setMembers(members)
                .setMemberCount(members.size())
                .setCreatedSeq(version)
                .setVersion(version)
                .setImageHash(ByteBuffer.wrap(new byte[16]))
                .setCreatedAt(at)
                .setUpdatedAt(at)
                .build();
    }

    private static Customer image(CustomerSubmission row, String id, String sourceKey, long version) {
        var customer = row.getCustomer();
        var provenance = new HashMap<String, Provenance>();
        for (var field : FIELDS) {
            provenance.put(
                    field,
                    Provenance.newBuilder()
                            .setSourceKey(sourceKey)
                            .setSystem(row.getSourceSystem())
                            .setObservedAt(row.getObservedAt())
                            .setRule("MOST_RECENT")
                            .build());
        }
        return Customer.newBuilder()
                .setDirectoryId(row.getDirectoryId())
                .setCustomerId(id)
                .setCode("C-" + version)
                .setVersion(version)
                .setStatus(CustomerStatus.ACTIVE)
                .setGivenName(customer.getGivenName())
                .setFamilyName(customer.getFamilyName())
                .setEmails(List.of(Email.newBuilder()
                        .setRaw(customer.getEmails().get(0).getValue())
                        .setValue(customer.getEmails().get(0).getValue())
                        .setPrimary(true)
                        .setFirstSeen(row.getObservedAt())
                        .setLastSeen(row.getObservedAt())
                        .setSourceRef(sourceKey)
                        .build()))
                .setPhones(List.of(Phone.newBuilder()
                        .setRaw(customer.getPhones().get(0).getValue())
                        .setE164(customer.getPhones().get(0).getValue())
                        .setPrimary(true)
                        .setFirstSeen(row.getObservedAt())
                        .setLastSeen(row.getObservedAt())
                        .setSourceRef(sourceKey)
                        .build()))
                .setProvenance(provenance)
                .setCreatedAt(row.getReceivedAt())
                .setUpdatedAt(row.getReceivedAt())
                .build();
    }

    private static CustomerChange change(CustomerSubmission row, String id, long version) {
        return CustomerChange.newBuilder()
                .setEventId(id + "-" + version)
                .setType(ChangeType.UPDATED)
                .setDirectoryId(row.getDirectoryId())
                .setCustomerId(id)
                .setVersion(version)
                .setOccurredAt(row.getReceivedAt())
                .setChangedFields(List.of(FIELDS))
                .setReason(ChangeReason.newBuilder()
                        .setRuleId("bench")
                        .setRecordId(row.getRecordId())
                        .build())
                .build();
    }
}
