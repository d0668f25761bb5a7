package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People say who is who: one, not one after all, two, or certainly not the same. What they say outranks every rule. */
final class MergeCommands {

    /** Names of {@code arguments}: the version of {@code other_customer_id} that the author saw. */
    private static final String OTHER_VERSION = "other_expected_version";

    private final DirectoryWork work;
    private final CustomerCommand command;

    MergeCommands(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    Answer merge() {
        Pair pair = pair();
        if (pair.refusal != null) {
            return pair.refusal;
        }
        CustomerState primary = pair.first();
        CustomerState secondary = pair.second();
        Answer refusal = refusal(work, primary, List.of(secondary));
        if (refusal != null) {
            return refusal;
        }
        work.distinctions.lift(command.getCommandId(), primary, secondary);
        work.merger.absorb(primary, secondary, "MERGE", by());
        return Answer.done("Merged.", primary, secondary);
    }

    /** Why these may not become one, even by a person's word; {@code null} if they may. */
    static @Nullable Answer refusal(DirectoryWork work, CustomerState primary, List<CustomerState> others) {
        if (primary.getStatus() == CustomerStatus.ARCHIVED) {
            return Answer.of(CommandCode.PRIMARY_ARCHIVED, primary);
        }
        int records = primary.getMemberCount();
        int ids = primary.getMergedIds().size();
        var decisions = new ArrayList<>(primary.getDistinct());
        for (CustomerState other : others) {
            records += other.getMemberCount();
            ids += 1 + other.getMergedIds().size();
            Distinctions.add(decisions, other.getDistinct());
        }
        if (records > Merger.MAX_MEMBERS || ids > Merger.MAX_MEMBERS) {
            return Answer.of(CommandCode.TOO_LARGE, primary);
        }
        return decisions.size() > Distinctions.MAX ? Answer.of(CommandCode.TOO_MANY_DECISIONS, primary) : null;
    }

    /** What the absorbed one brought goes back to it, and that the two are not one is remembered. */
    Answer unmerge() {
        String id = command.getOtherCustomerId() == null ? command.getCustomerId() : command.getOtherCustomerId();
        if (id == null || id.isBlank()) {
            return Answer.of(CommandCode.MISSING_ARGUMENT);
        }
        CustomerState absorbed = work.customers.named(id.strip());
        if (absorbed == null) {
            return Answer.of(CommandCode.UNKNOWN_CUSTOMER);
        }
        CustomerState survivor = work.state.customer(absorbed.getCustomerId());
        if (survivor == null || survivor.getStatus() == CustomerStatus.ERASED) {
            return absorbed.getMergedInto() == null
                    ? Answer.of(CommandCode.CUSTOMER_ERASED, absorbed)
                    : Answer.of(CommandCode.SURVIVOR_ERASED, absorbed);
        }
        if (absorbed.getStatus() == CustomerStatus.ERASED) {
            return Answer.of(CommandCode.CUSTOMER_ERASED, absorbed);
        }
        if (absorbed.getMergedInto() == null) {
            return Answer.of(CommandCode.NOT_MERGED, absorbed);
        }
        if (isStale(command.getExpectedVersion(), survivor)) {
            return Answer.of(CommandCode.STALE_VERSION, survivor);
        }
        List<String> keys = work.merger.heldBy(survivor, absorbed);
        boolean gone = keys.isEmpty() && absorbed.getMemberCount() > 0;
        if (gone || keys.size() >= survivor.getMemberCount()) {
            return Answer.of(CommandCode.NOTHING_LEFT, survivor);
        }
        if (!Distinctions.haveRoom(List.of(survivor))) {
            return Answer.of(CommandCode.TOO_MANY_DECISIONS, survivor);
        }
        work.merger.undo(survivor, absorbed, keys, "UNMERGE");
        apart(survivor, absorbed, "UNMERGE");
        return Answer.done("Taken apart; they are remembered as different.", survivor, absorbed);
    }

    /** Some records of a customer become a customer of their own, which is not the one they came from. */
    Answer split() {
        Target target = Target.find(work, command.getCustomerId(), command.getExpectedVersion());
        if (target instanceof Target.Refused refused) {
            return refused.answer();
        }
        CustomerState customer = ((Target.Found) target).customer();
        if (command.getRecordIds().isEmpty()) {
            return Answer.of(CommandCode.MISSING_ARGUMENT, customer);
        }
        Set<String> wanted = new HashSet<>(command.getRecordIds());
        Set<String> found = new HashSet<>();
        var keys = new ArrayList<String>(wanted.size());
        boolean staysSomebody = false;
        for (SourceRecordState record : work.members.records(customer)) {
            boolean byKey = wanted.contains(record.getSourceKey());
            if (byKey || wanted.contains(record.getRecordId())) {
                found.add(byKey ? record.getSourceKey() : record.getRecordId());
                keys.add(record.getSourceKey());
            } else {
                staysSomebody |= isSomebody(record);
            }
        }
        if (found.size() < wanted.size()) {
            return Answer.of(CommandCode.UNKNOWN_RECORD, customer);
        }
        if (!staysSomebody) {
            return Answer.of(CommandCode.NOTHING_LEFT, customer);
        }
        if (!Distinctions.haveRoom(List.of(customer))) {
            return Answer.of(CommandCode.TOO_MANY_DECISIONS, customer);
        }
        CustomerState part = work.customers.create(CommandHandler.recordId(command));
        for (String key : keys) {
            SourceRecordState record = work.state.get(StateTable.SOURCE_RECORDS, key);
            if (record != null) {
                record.setRule("SPLIT");
                record.setEvidence(by());
            }
        }
        work.customers.move(customer, part, keys, "SPLIT");
        work.merger.announceParts(customer, part);
        apart(customer, part, "SPLIT");
        return Answer.done("Split; they are remembered as different.", customer, part);
    }

    Answer distinct() {
        Pair pair = pair();
        if (pair.refusal != null) {
            return pair.refusal;
        }
        List<CustomerState> both = List.of(pair.first(), pair.second());
        if (Distinctions.areAllApart(both)) {
            return Answer.of(CommandCode.ALREADY_DISTINCT, pair.first(), pair.second());
        }
        if (!Distinctions.haveRoom(both)) {
            return Answer.of(CommandCode.TOO_MANY_DECISIONS, pair.first(), pair.second());
        }
        apart(pair.first(), pair.second(), "DISTINCT");
        return Answer.done("Remembered: they are different, whatever rules say.", pair.first(), pair.second());
    }

    private void apart(CustomerState a, CustomerState b, String why) {
        work.distinctions.declare(command.getCommandId(), List.of(a, b));
        work.reviews.reconsider(a, why);
        work.reviews.reconsider(b, why);
    }

    /** Anything by which a person could tell who it is. A look-up and a record of settings alone are nobody. */
    private static boolean isSomebody(SourceRecordState record) {
        return record.getRole() == MemberRole.FULL
                && (HeldNames.of(record.getContent()) != null
                        || !record.getContent().getEmails().isEmpty()
                        || !record.getContent().getPhones().isEmpty()
                        || record.getSourceCustomerId() != null);
    }

    private record Pair(
            @Nullable CustomerState one,
            @Nullable CustomerState other,
            @Nullable Answer refusal) {
        CustomerState first() {
            return held(one);
        }

        CustomerState second() {
            return held(other);
        }

        private static CustomerState held(@Nullable CustomerState customer) {
            if (customer == null) {
                throw new IllegalStateException("a pair that was refused");
            }
            return customer;
        }
    }

    /** The two customers of the command, which are not the same. */
    private Pair pair() {
        Target one = Target.find(work, command.getCustomerId(), null);
        if (one instanceof Target.Refused refused) {
            return new Pair(null, null, refused.answer());
        }
        Target other = Target.find(work, command.getOtherCustomerId(), null);
        if (other instanceof Target.Refused refused) {
            return new Pair(null, null, refused.answer());
        }
        CustomerState first = ((Target.Found) one).customer();
        CustomerState second = ((Target.Found) other).customer();
        if (first.getCustomerId().equals(second.getCustomerId())) {
            return new Pair(null, null, Answer.of(sameNow(), first));
        }
        if (isStale(command.getExpectedVersion(), first)) {
            return new Pair(null, null, Answer.of(CommandCode.STALE_VERSION, first));
        }
        String seen = command.getArguments().get(OTHER_VERSION);
        if (seen != null && !seen.equals(Long.toString(second.getVersion()))) {
            return new Pair(null, null, Answer.of(CommandCode.STALE_VERSION, second));
        }
        return new Pair(first, second, null);
    }

    /** Named as two that have become one meanwhile, or as one from the start? */
    private CommandCode sameNow() {
        if (command.getArguments().containsKey(CommandArguments.SOURCE_SYSTEM)) {
            // A system names its records, and those are two.
            return CommandCode.ALREADY_MERGED;
        }
        CustomerState one =
                work.customers.named(String.valueOf(command.getCustomerId()).strip());
        CustomerState other = work.customers.named(
                String.valueOf(command.getOtherCustomerId()).strip());
        return one != null && other != null && !one.getCustomerId().equals(other.getCustomerId())
                ? CommandCode.ALREADY_MERGED
                : CommandCode.SAME_CUSTOMER;
    }

    private static boolean isStale(@Nullable Long expected, CustomerState customer) {
        return expected != null && expected != customer.getVersion();
    }

    private String by() {
        return "by " + command.getActor();
    }
}
