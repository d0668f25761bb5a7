package io.repertoire.customers;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;

/** Archive and back (F2, F3): hidden, its history kept, no longer to be named on a sale. */
final class LifeCycle {

    private final DirectoryWork work;
    private final CustomerCommand command;

    LifeCycle(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    Answer archive() {
        if (command.getArguments().containsKey(CommandArguments.UNLESS_SHARED) && isShared()) {
            return Answer.of(CommandCode.HAS_OTHER_SOURCES);
        }
        return change(CustomerStatus.ARCHIVED, ChangeType.ARCHIVED, CommandCode.ALREADY_ARCHIVED);
    }

    Answer unarchive() {
        return change(CustomerStatus.ACTIVE, ChangeType.UNARCHIVED, CommandCode.NOT_ARCHIVED);
    }

    /** A person asks through a shop what is held of them: somebody has to see to it. */
    Answer asksForData() {
        Target target = Target.find(work, command.getCustomerId(), null);
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        work.reviews.ask(
                ReviewKind.DATA_REQUEST,
                List.of(customer),
                new SourceReferences(work).named(command),
                "DATA_REQUEST",
                "asked through " + command.getActor(),
                null);
        return Answer.done("A review asks for it.", customer);
    }

    private boolean isShared() {
        CustomerState customer = command.getCustomerId() == null
                ? null
                : work.customers.find(command.getCustomerId().strip());
        if (customer == null) {
            return false;
        }
        int telling = 0;
        for (SourceRecordState record : work.members.records(customer)) {
            telling += record.getRole() == MemberRole.FULL ? 1 : 0;
        }
        return telling > 1;
    }

    private Answer change(CustomerStatus status, ChangeType type, CommandCode already) {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        if (customer.getStatus() == status) {
            return Answer.of(already, customer);
        }
        customer.setStatus(status);
        work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        work.state.touch(customer.getCustomerId(), type.name());
        work.state.announce(customer.getCustomerId(), type, List.of(), List.of());
        work.reviews.reconsider(customer, type.name());
        return Answer.done(status == CustomerStatus.ARCHIVED ? "Archived." : "Brought back.", customer);
    }
}
