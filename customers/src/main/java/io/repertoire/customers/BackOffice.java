package io.repertoire.customers;

import io.repertoire.customers.golden.GoldenRecord;
import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * People type a customer in, correct it, move its points and its groups (A1). A new one goes the way of every submission, and so
 * joins a customer that is there already; a correction is kept on the customer's {@link StewardRecord} and locks its fields.
 */
final class BackOffice {

    private static final int LONGEST_GROUP = 100;
    private static final int MOST_GROUPS = 250;

    private final DirectoryWork work;
    private final CustomerNormaliser normaliser;
    private final CustomerCommand command;
    private final String recordId;

    BackOffice(DirectoryWork work, CustomerNormaliser normaliser, CustomerCommand command) {
        this.work = work;
        this.normaliser = normaliser;
        this.command = command;
        this.recordId = CommandHandler.recordId(command);
    }

    Answer create() {
        if (command.getCustomer() == null) {
            return Answer.of(CommandCode.MISSING_ARGUMENT);
        }
        Outcome outcome = new SubmissionHandler(work, normaliser, submission(), ImportMode.UPSERT, null).handle();
        CustomerState customer = outcome.customerId() == null ? null : work.state.customer(outcome.customerId());
        if (customer == null) {
            if (outcome.kind() == RowOutcomeKind.SUPPRESSED) {
                return Answer.of(CommandCode.SUPPRESSED);
            }
            return invalid(outcome.problems());
        }
        String what =
                switch (outcome.kind()) {
                    case CREATED -> "Created.";
                    case REVIEW -> "Stored; it raised a question for a person.";
                    case MERGED -> "Stored, and showed that customers that were there are one.";
                    default -> "There already; what was typed belongs to that customer.";
                };
        return Answer.done(what + warnings(outcome.problems()), customer);
    }

    Answer edit() {
        if (command.getCustomer() == null) {
            return Answer.of(CommandCode.MISSING_ARGUMENT);
        }
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        var normalised = normaliser.normalise(command.getCustomer(), null, work.state.now(), work.state.policy());
        var problems = new ArrayList<>(normalised.problems());
        // A correction need not say who it is about.
        problems.removeIf(p -> p.getCode().equals(ProblemCode.NO_IDENTITY.name()));
        for (Problem problem : problems) {
            if (problem.getSeverity() == Severity.ERROR) {
                return invalid(problems);
            }
        }
        NormalisedCustomer said = normalised.customer();
        List<String> fields = SourceVersions.fieldsSaid(said);
        if (fields.isEmpty()) {
            return problems.isEmpty() ? Answer.of(CommandCode.MISSING_ARGUMENT, customer) : invalid(problems);
        }
        if (work.suppression.hits(submission(), said, null)) {
            return Answer.of(CommandCode.SUPPRESSED, customer);
        }
        var steward = new StewardRecord(work);
        SourceRecordState record = steward.of(customer, recordId);
        List<Identifier> before = work.customers.keysOf(record);
        HeldName name = HeldNames.of(record.getContent());
        var locks = new ArrayList<>(record.getLocked());
        for (String field : fields) {
            if (SourceVersions.isLockable(field) && !locks.contains(field)) {
                locks.add(field);
            }
        }
        record.setLocked(locks);
        steward.say(record, said, recordId);
        settle(customer, record, before, name);
        work.state.touch(customer.getCustomerId(), "EDIT");
        return Answer.done("Changed." + warnings(problems), customer);
    }

    /** What the corrected contact points and names lead to: the same as for any other source. */
    private void settle(
            CustomerState customer, SourceRecordState record, List<Identifier> before, @Nullable HeldName name) {
        customer.setNames(HeldNames.of(work.members.records(customer)));
        work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        var news = new ArrayList<>(work.customers.keysOf(record));
        if (Objects.equals(name, HeldNames.of(record.getContent()))) {
            news.removeAll(before);
        }
        // Asked before the customer holds them too: then that two share them would be known already.
        Match match = new Matcher(work, record.getContent(), news, record.getObservedAt(), work.mayMerge).of(customer);
        work.customers.reindex(customer, record, before);
        new Placement(work, submission()).follow(record, customer, match);
    }

    /** Points move by what people and tills say, never by a merge (P32): the new balance is one more statement of it. */
    Answer points() {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        Long points = command.getPoints();
        if (points == null || points == 0) {
            return Answer.of(points == null ? CommandCode.MISSING_ARGUMENT : CommandCode.SAME_VALUES, customer);
        }
        Customer image = image(customer);
        Long held = image.getLoyalty() == null ? null : image.getLoyalty().getPointsBalance();
        long balance;
        try {
            balance = Math.addExact(held == null ? 0 : held, points);
        } catch (ArithmeticException overflow) {
            return Answer.of(CommandCode.INVALID, customer);
        }
        if (balance < 0) {
            return Answer.of(CommandCode.NOT_ENOUGH_POINTS, customer);
        }
        if (balance >= 1_000_000_000_000_000_000L) {
            return Answer.of(CommandCode.INVALID, customer);
        }
        NormalisedCustomer said = StewardRecord.nothing();
        var loyalty = new SubmittedLoyalty();
        loyalty.setPoints(Long.toString(balance));
        said.setLoyalty(loyalty);
        var steward = new StewardRecord(work);
        SourceRecordState record = steward.of(customer, recordId);
        steward.say(record, said, recordId);
        work.state.touch(customer.getCustomerId(), "POINTS_ADJUST");
        return Answer.done("The balance is " + balance + '.', customer);
    }

    Answer addGroup() {
        return group(true);
    }

    Answer removeGroup() {
        return group(false);
    }

    private Answer group(boolean add) {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        String group = command.getGroup() == null ? "" : command.getGroup().strip();
        if (group.isEmpty() || group.length() > LONGEST_GROUP) {
            return Answer.of(group.isEmpty() ? CommandCode.MISSING_ARGUMENT : CommandCode.INVALID, customer);
        }
        List<GroupMembership> groups = image(customer).getGroups();
        if (isIn(groups, group) == add) {
            return Answer.of(add ? CommandCode.IN_GROUP : CommandCode.NOT_IN_GROUP, customer);
        }
        if (add && groups.size() >= MOST_GROUPS) {
            return Answer.of(CommandCode.INVALID, customer);
        }
        var steward = new StewardRecord(work);
        SourceRecordState record = steward.of(customer, recordId);
        if (add) {
            takeBackRemovals(customer, group);
            if (!isIn(image(customer).getGroups(), group)) {
                record.getGroupOrigins().put(group, recordId);
            }
        } else {
            record.getGroupOrigins().remove(group);
            if (isIn(image(customer).getGroups(), group)) {
                record.getRemovedGroups().add(group);
            }
        }
        steward.stamp(record, recordId);
        work.state.touch(customer.getCustomerId(), command.getType().name());
        return Answer.done(add ? "Added to the group." : "Taken out of the group.", customer);
    }

    /** Also those of whoever became this customer: a person who adds it overrules them all. */
    private void takeBackRemovals(CustomerState customer, String group) {
        for (SourceRecordState member : work.members.records(customer)) {
            if (member.getRemovedGroups().remove(group)) {
                work.state.put(StateTable.SOURCE_RECORDS, member.getSourceKey(), member);
            }
        }
    }

    private static boolean isIn(List<GroupMembership> groups, String group) {
        for (GroupMembership held : groups) {
            if (held.getName().equals(group)) {
                return true;
            }
        }
        return false;
    }

    private Customer image(CustomerState customer) {
        work.consents.begin();
        return GoldenRecord.of(
                work.state.directoryId(),
                customer,
                work.members.records(customer),
                work.state.policy().survivorship(),
                work.consents);
    }

    private static Answer invalid(List<Problem> problems) {
        return new Answer(
                CommandCode.INVALID.status(),
                CommandCode.INVALID.name(),
                problems.isEmpty() ? CommandCode.INVALID.message() : words(problems),
                List.of());
    }

    private static String warnings(List<Problem> problems) {
        return problems.isEmpty() ? "" : " But: " + words(problems);
    }

    private static String words(List<Problem> problems) {
        var words = new StringBuilder();
        for (Problem problem : problems) {
            words.append(words.isEmpty() ? "" : " ");
            words.append(field(problem.getField())).append(problem.getMessage());
        }
        return words.toString();
    }

    private static String field(@Nullable String field) {
        return field == null ? "" : field + ": ";
    }

    private CustomerSubmission submission() {
        Instant now = Instant.ofEpochMilli(work.state.now());
        return new CustomerSubmission(
                SubmissionKind.RECORD,
                work.state.directoryId(),
                recordId,
                StewardRecord.SYSTEM,
                null,
                null,
                null,
                null,
                Channel.CONSOLE,
                SubmissionOperation.UPSERT,
                command.getIssuedAt().isAfter(now) ? now : command.getIssuedAt(),
                now,
                null,
                null,
                null,
                command.getCustomer(),
                List.of(),
                null,
                null,
                null);
    }
}
