package io.repertoire.customers;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A person is forgotten (P41–P48): at once for everybody who asks, then source record by source record, each put under suppression
 * before it is deleted. What stays is an id that says nothing, on which sales hang.
 */
final class EraseCommand {

    /** Names of {@code arguments}: why the anonymous customer has to be kept, for a retention period laid down by law (P47). */
    static final String RETENTION_HOLD = "retention_hold";

    private final DirectoryWork work;
    private final CustomerCommand command;

    EraseCommand(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    Answer handle() {
        String named = command.getCustomerId();
        CustomerState known = named == null || named.isBlank() ? null : work.customers.find(named.strip());
        if (known != null && known.getStatus() == CustomerStatus.ERASED) {
            return again(known);
        }
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        boolean cannot = work.state.policy().erasure().secrets().isEmpty();
        boolean throughShop = command.getArguments().containsKey(CommandArguments.UNLESS_SHARED);
        if (throughShop && (cannot || isToldByOthers(customer))) {
            // Nobody reads a refusal that is sent to a shop, and the person has a right to an answer.
            work.reviews.ask(
                    ReviewKind.ERASURE_REQUEST,
                    List.of(customer),
                    new SourceReferences(work).named(command),
                    "ERASURE_REQUEST",
                    "asked through " + command.getActor(),
                    null);
            return Answer.of(CommandCode.LEFT_TO_A_PERSON, customer);
        }
        if (cannot) {
            return Answer.of(CommandCode.NO_SUPPRESSION_SECRET, customer);
        }
        if (customer.getSold() && work.state.policy().erasure().archiveSold()) {
            if (customer.getStatus() != CustomerStatus.ARCHIVED) {
                customer.setStatus(CustomerStatus.ARCHIVED);
                work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
                work.state.announce(customer.getCustomerId(), ChangeType.ARCHIVED, List.of(), List.of());
                work.reviews.reconsider(customer, "ERASE");
            }
            return Answer.of(CommandCode.ARCHIVED_WITH_SALES, customer);
        }
        JobState job = start(customer);
        begin(customer, command.getArguments());
        return goOn(job);
    }

    private boolean isToldByOthers(CustomerState customer) {
        String asking = command.getArguments().get(CommandArguments.SOURCE_SYSTEM);
        for (SourceRecordState record : work.members.records(customer)) {
            if (record.getRole() == MemberRole.FULL && !record.getSystem().equals(asking)) {
                return true;
            }
        }
        return false;
    }

    private JobState start(CustomerState customer) {
        JobState job = new Jobs(work).start(JobKind.ERASE, command);
        job.setCustomerId(customer.getCustomerId());
        if (command.getReason() != null) {
            job.getArguments().put(ErasureSteps.REASON, command.getReason());
        }
        return job;
    }

    /** Asked for once more: one that failed halfway goes on where it stopped. */
    private Answer again(CustomerState customer) {
        var jobs = new Jobs(work);
        JobState job = jobs.about(JobKind.ERASE, customer.getCustomerId());
        if (job == null) {
            return customer.getMemberCount() == 0
                    ? Answer.of(CommandCode.ALREADY_ERASED, customer)
                    : goOn(start(customer));
        }
        if (!Jobs.hasFailed(job)) {
            return Answer.of(CommandCode.ERASURE_GOES_ON, customer);
        }
        jobs.resume(job, command);
        return goOn(job);
    }

    private Answer goOn(JobState job) {
        Answer answer = new ErasureSteps(work).run(job);
        if (answer == null) {
            return Answer.accepted("Nobody can find the customer any more; its records are being destroyed.");
        }
        work.state.delete(StateTable.JOBS, job.getJobId());
        return answer;
    }

    private void begin(CustomerState customer, Map<String, String> arguments) {
        customer.setStatus(CustomerStatus.ERASED);
        customer.setNames(new ArrayList<>(0));
        customer.setDistinct(new ArrayList<>(0));
        customer.setRetentionHold(arguments.get(RETENTION_HOLD));
        for (Relation relation : customer.getRelations()) {
            CustomerState other = work.state.get(StateTable.CUSTOMERS, relation.getCustomerId());
            if (other != null
                    && other.getRelations().removeIf(r -> r.getCustomerId().equals(customer.getCustomerId()))) {
                work.state.put(StateTable.CUSTOMERS, other.getCustomerId(), other);
                work.state.touch(other.getCustomerId(), "RELATION");
            }
        }
        customer.setRelations(new ArrayList<>(0));
        work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        work.state.touch(customer.getCustomerId(), "ERASE");
        work.suppression.count(1);
        for (String id : customer.getMergedIds()) {
            CustomerState absorbed = work.state.get(StateTable.CUSTOMERS, id);
            if (absorbed != null) {
                absorbed.setStatus(CustomerStatus.ERASED);
                absorbed.setNames(new ArrayList<>(0));
                work.members.clear(absorbed);
                absorbed.setDistinct(new ArrayList<>(0));
                absorbed.setRelations(new ArrayList<>(0));
                absorbed.setMerge(null);
                work.state.put(StateTable.CUSTOMERS, id, absorbed);
                work.state.touch(id, "ERASE");
            }
        }
    }
}
