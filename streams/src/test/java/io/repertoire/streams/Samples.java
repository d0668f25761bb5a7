package io.repertoire.streams;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.IdentifierState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Inputs, and a machine small enough to see through. */
final class Samples {

    static final Instant AT = Instant.parse("2026-03-01T10:15:30Z");

    private Samples() {}

    static CustomerSubmission submission(String directory, String recordId) {
        return CustomerSubmission.newBuilder()
                .setDirectoryId(directory)
                .setRecordId(recordId)
                .setSourceSystem("till")
                .setObservedAt(AT)
                .setReceivedAt(AT)
                .build();
    }

    static CustomerSubmission customer(String recordId, String given, String family, String email) {
        var submission = submission("main", recordId);
        submission.setCustomer(SubmittedCustomer.newBuilder()
                .setGivenName(given)
                .setFamilyName(family)
                .setEmails(List.of(new SubmittedEmail(email, null)))
                .build());
        return submission;
    }

    static SaleEvent sale(String directory, String saleId) {
        return SaleEvent.newBuilder()
                .setEventId("event-" + saleId)
                .setDirectoryId(directory)
                .setSourceSystem("till")
                .setSaleId(saleId)
                .setReceivedAt(AT)
                .setOccurredAt(AT)
                .build();
    }

    static CustomerCommand command(String directory, String commandId) {
        return CustomerCommand.newBuilder()
                .setCommandId(commandId)
                .setDirectoryId(directory)
                .setType(CommandType.ARCHIVE)
                .setActor("alice")
                .setIssuedAt(AT)
                .build();
    }

    static RowOutcome outcome(String directory, String importId, long line) {
        return RowOutcome.newBuilder()
                .setDirectoryId(directory)
                .setImportId(importId)
                .setLine(line)
                .setRecordId(importId + "/" + line)
                .setOutcome(RowOutcomeKind.CREATED)
                .setVersion(line)
                .build();
    }

    static DirectoryState directoryState(long version) {
        return DirectoryState.newBuilder()
                .setVersion(version)
                .setNextCode(version)
                .build();
    }

    static IdentifierState identifierState(List<String> owners, boolean shared, long lastSeen) {
        return IdentifierState.newBuilder()
                .setOwners(owners)
                .setShared(shared)
                .setLastSeen(lastSeen)
                .build();
    }

    /** Numbers every input of its directory, and says the number on {@code imports.rows.v1}. */
    static DirectoryMachine counting() {
        return counting("");
    }

    /** Only for directories whose id starts so: tests share the topics, and a new stage reads them from the start. */
    static DirectoryMachine counting(String prefix) {
        return (input, view) -> {
            var directory = input.directoryId();
            if (!directory.startsWith(prefix) || input instanceof Input.Tick || input instanceof Input.Inspect) {
                return Decision.nothing();
            }
            var held = view.get(StateTable.DIRECTORIES, directory);
            long version = held == null ? 1 : held.getVersion() + 1;
            var changes = new ArrayList<StateChange<?>>();
            changes.add(new StateChange<>(StateTable.DIRECTORIES, directory, directoryState(version)));
            return new Decision(
                    changes,
                    List.of(Output.of(
                            Topics.ROW_OUTCOMES, Keys.of(directory, "count"), outcome(directory, "count", version))));
        };
    }
}
