package io.repertoire.customers;

import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a customer told a member of staff about being written to. It is said now, so it stands against everything said before. */
final class ConsentCommands {

    private final DirectoryWork work;
    private final CustomerCommand command;

    ConsentCommands(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    /** "Stop everything": no marketing by any way, whatever else was said (P35, P44). */
    Answer optOut() {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        List<SourceRecordState> records = work.members.records(customer);
        if (hasStopped(records)) {
            return Answer.of(CommandCode.NOTHING_TO_STOP, customer);
        }
        keep(records.get(0), List.of(no(ConsentChannel.OTHER, null)));
        tell(customer, no(ConsentChannel.OTHER, null));
        for (SourceRecordState record : records) {
            if (record.getRole() == MemberRole.FULL) {
                deny(record.getContent());
            }
        }
        return Answer.done("Nothing is sent to this customer any more, receipts aside.", customer);
    }

    /** The statements of {@code customer.consents}; those without a contact point are about every one the customer has. */
    Answer consent() {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        if (command.getCustomer() == null || command.getCustomer().getConsents().isEmpty()) {
            return Answer.of(CommandCode.MISSING_ARGUMENT, customer);
        }
        List<SourceRecordState> records = work.members.records(customer);
        NormalisedCustomer said = work.normaliser
                .normalise(command.getCustomer(), null, work.state.now(), work.state.policy())
                .customer();
        List<HeldConsent> tied =
                ConsentStatements.tied(said, everything(records), true, work.state.now(), work.state.now());
        for (HeldConsent statement : tied) {
            keep(holder(records, statement), List.of(statement));
            if (statement.getStatus() == ConsentStatus.DENIED) {
                work.consents.deny(statement);
            }
            if (statement.getChannel() != ConsentChannel.OTHER || statement.getStatus() == ConsentStatus.DENIED) {
                tell(customer, statement);
            }
        }
        return Answer.done("Written into the consent ledger.", customer);
    }

    private static boolean hasStopped(List<SourceRecordState> records) {
        HeldConsent last = null;
        for (SourceRecordState record : records) {
            for (HeldConsent c : record.getContent().getConsents()) {
                boolean stop = c.getChannel() == ConsentChannel.OTHER
                        && c.getPurpose() == ConsentPurpose.MARKETING
                        && c.getContact() == null;
                if (stop && (last == null || c.getRecordedAt() >= last.getRecordedAt())) {
                    last = c;
                }
            }
        }
        return last != null && last.getStatus() == ConsentStatus.DENIED;
    }

    private void deny(NormalisedCustomer content) {
        for (HeldEmail email : content.getEmails()) {
            work.consents.deny(no(ConsentChannel.EMAIL, email.getValue()));
        }
        for (HeldPhone phone : content.getPhones()) {
            work.consents.deny(no(ConsentChannel.SMS, phone.getE164()));
            work.consents.deny(no(ConsentChannel.PHONE, phone.getE164()));
        }
    }

    private HeldConsent no(ConsentChannel channel, @Nullable String contact) {
        return new HeldConsent(
                channel,
                ConsentPurpose.MARKETING,
                ConsentStatus.DENIED,
                contact,
                work.state.now(),
                work.state.now(),
                ConsentBasis.EXPRESS,
                command.getReason());
    }

    private void keep(SourceRecordState record, List<HeldConsent> statements) {
        if (SourceVersions.addConsents(record.getContent(), statements)) {
            work.state.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        }
    }

    private static SourceRecordState holder(List<SourceRecordState> records, HeldConsent statement) {
        for (SourceRecordState record : records) {
            for (HeldEmail email : record.getContent().getEmails()) {
                if (Objects.equals(email.getValue(), statement.getContact()) && email.getValue() != null) {
                    return record;
                }
            }
            for (HeldPhone phone : record.getContent().getPhones()) {
                if (Objects.equals(phone.getE164(), statement.getContact()) && phone.getE164() != null) {
                    return record;
                }
            }
        }
        return records.get(0);
    }

    /** The contact points of all of them. */
    private static NormalisedCustomer everything(List<SourceRecordState> records) {
        var emails = new ArrayList<HeldEmail>();
        var phones = new ArrayList<HeldPhone>();
        var all = NormalisedCustomer.newBuilder().build();
        for (SourceRecordState record : records) {
            if (record.getRole() == MemberRole.FULL) {
                emails.addAll(record.getContent().getEmails());
                phones.addAll(record.getContent().getPhones());
                all.getAddresses().addAll(record.getContent().getAddresses());
            }
        }
        all.setEmails(emails);
        all.setPhones(phones);
        return all;
    }

    private void tell(CustomerState customer, HeldConsent statement) {
        ConsentEntry entry = ConsentBook.entry(statement, CommandHandler.recordId(command));
        entry.setActor(command.getActor());
        work.consents.record(customer.getCustomerId(), entry);
    }
}
