package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.state.AwaitedOwner;
import io.repertoire.schemas.state.AwaitedState;
import io.repertoire.schemas.state.AwaitingCommand;
import io.repertoire.schemas.state.AwaitingSale;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sales and vendors' commands that name a source record nobody has told of yet, and sales that name a loyalty card nobody has yet: Kafka
 * keeps no order between topics, so it may be about to be told. They wait {@link #PATIENCE}, are carried out when it comes, and reported if it does not. While nothing waits in
 * the directory, a new record asks for nothing.
 */
final class Awaited {

    static final Duration PATIENCE = Duration.ofDays(7);

    /** Sales, and commands, that wait for one record. */
    static final int MOST = 100;

    /** Before the key of a card; no key of a source record begins with it. */
    private static final char CARD = '#';

    /** Name of a job's argument: why the command was given. */
    private static final String REASON = "reason";

    private final Workspace work;

    Awaited(Workspace work) {
        this.work = work;
    }

    /** What stands for a card where the key of a source record stands else; cards may be phone numbers, so it is kept like an id. */
    static String keyOfCard(Workspace work, String card) {
        return CARD + work.sourceKeys().ofId("card", card);
    }

    /** @return false if too many wait for it already */
    boolean sale(String sourceKey, String saleId) {
        AwaitedState entry = entry(sourceKey);
        entry.getSales().removeIf(waiting -> waiting.getSale().equals(saleId));
        if (entry.getSales().size() >= MOST) {
            return false;
        }
        entry.getSales().add(new AwaitingSale(saleId, work.now()));
        keep(sourceKey, entry);
        return true;
    }

    /** @return false if too many wait for it already */
    boolean command(String sourceKey, CustomerCommand command) {
        AwaitedState entry = entry(sourceKey);
        if (entry.getCommands().size() >= MOST) {
            return false;
        }
        entry.getCommands()
                .add(new AwaitingCommand(
                        command.getCommandId(),
                        command.getType(),
                        command.getActor(),
                        command.getReason(),
                        work.now(),
                        new HashMap<>(command.getArguments())));
        keep(sourceKey, entry);
        return true;
    }

    private AwaitedState entry(String sourceKey) {
        AwaitedState held = work.get(StateTable.AWAITED, sourceKey);
        return held == null ? new AwaitedState(0L, new ArrayList<>(1), new ArrayList<>(1)) : held;
    }

    private void keep(String sourceKey, AwaitedState entry) {
        if (entry.getDue() == 0) {
            count(1);
            entry.setDue(work.now() + PATIENCE.toMillis());
            new DueIndex(work).await(sourceKey, entry.getDue());
        }
        work.put(StateTable.AWAITED, sourceKey, entry);
    }

    private void count(int change) {
        DirectoryState directory = work.directory();
        directory.setAwaited(directory.getAwaited() + change);
        work.keepDirectory();
    }

    /** A source record was told of for the first time: before its customer is published, what waited for it is carried out. */
    static void arrived(DirectoryWork parts, SourceRecordState record) {
        Workspace work = parts.state;
        if (work.directory().getAwaited() == 0 || record.getSourceCustomerId() == null) {
            return;
        }
        AwaitedState entry = work.get(StateTable.AWAITED, record.getSourceKey());
        if (entry == null) {
            return;
        }
        var awaited = new Awaited(work);
        awaited.stop(record.getSourceKey(), entry);
        awaited.attach(parts, entry, record.getSourceKey(), record.getCustomerId(), record.getSourceKey());
        for (AwaitingCommand waiting : entry.getCommands()) {
            awaited.start(waiting);
        }
    }

    /** These cards had no holder before this input: before their holders are published, the sales that waited for them are theirs. */
    static void cardsArrived(DirectoryWork parts, List<Identifier> cards) {
        Workspace work = parts.state;
        for (Identifier card : cards) {
            String key = keyOfCard(work, card.value());
            AwaitedState entry = work.get(StateTable.AWAITED, key);
            CustomerState holder = entry == null ? null : parts.customers.findBy(card);
            if (entry != null && holder != null) {
                var awaited = new Awaited(work);
                awaited.stop(key, entry);
                awaited.attach(parts, entry, key, holder.getCustomerId(), null);
            }
        }
    }

    private void stop(String key, AwaitedState entry) {
        work.delete(StateTable.AWAITED, key);
        count(-1);
        new DueIndex(work).stopAwaiting(key, entry.getDue());
    }

    /** @param sourceKey the record that they were made with from now on; {@code null}: none */
    private void attach(
            DirectoryWork parts, AwaitedState entry, String key, String customerId, @Nullable String sourceKey) {
        for (AwaitingSale waiting : entry.getSales()) {
            SaleState sale = work.get(StateTable.SALES, waiting.getSale());
            if (sale != null && isFor(sale.getAwaited(), key)) {
                attach(parts, customerId, sourceKey, waiting.getSale(), sale);
            }
        }
    }

    private static boolean isFor(@Nullable AwaitedOwner owner, String key) {
        return owner != null && owner.getSourceKey().equals(key);
    }

    private static void attach(
            DirectoryWork parts, String customerId, @Nullable String sourceKey, String id, SaleState state) {
        Workspace work = parts.state;
        AwaitedOwner owner = state.getAwaited();
        CustomerState customer = work.customer(customerId);
        if (owner == null || customer == null) {
            return;
        }
        RecordedSale sale = state.getSale();
        customer.setSold(true);
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        if (owner.getPurchase() && !sale.getVoided() && parts.consents.purchaseImpliesConsent()) {
            CustomerState left = sale.getCustomerId() == null ? null : work.customer(sale.getCustomerId());
            if (left != null && !left.getCustomerId().equals(customer.getCustomerId())) {
                parts.consents.takenBack(left, parts.members.records(left), id);
            }
            parts.consents.purchased(customer, parts.members.records(customer), id, owner.getAt());
        }
        sale.setCustomerId(customer.getCustomerId());
        sale.setSourceKey(sourceKey);
        state.setAssignedAt(owner.getAt());
        state.setAssignedBy(owner.getEventId());
        state.setAwaited(null);
        new SaleChain(work).add(state, id);
        work.put(StateTable.SALES, id, state);
        parts.sales.add(id, sale);
    }

    /** It is an input of its own: what a new record leads to is one thing, what a vendor asks for is another. */
    private void start(AwaitingCommand waiting) {
        JobState job = Jobs.blank("awaited/" + waiting.getCommandId(), JobKind.COMMAND, work.now());
        job.setCommandId(waiting.getCommandId());
        job.setCommandType(waiting.getType());
        job.setActor(waiting.getActor());
        job.setArguments(new HashMap<>(waiting.getArguments()));
        if (waiting.getReason() != null) {
            job.getArguments().put(REASON, waiting.getReason());
        }
        work.put(StateTable.JOBS, job.getJobId(), job);
    }

    /** Nobody has told of the record in all that time: those who have waited for it as long are told so. */
    void giveUp(String sourceKey, long due) {
        AwaitedState entry = work.get(StateTable.AWAITED, sourceKey);
        if (entry == null || entry.getDue() != due) {
            return;
        }
        long late = due - PATIENCE.toMillis();
        for (AwaitingSale waiting : entry.getSales()) {
            if (waiting.getSince() <= late) {
                giveUp(sourceKey, waiting);
            }
        }
        for (AwaitingCommand waiting : entry.getCommands()) {
            if (waiting.getSince() <= late) {
                CommandHandler.answer(
                        work, waiting.getCommandId(), waiting.getType(), Answer.of(CommandCode.UNKNOWN_CUSTOMER));
            }
        }
        entry.getSales().removeIf(waiting -> waiting.getSince() <= late);
        entry.getCommands().removeIf(waiting -> waiting.getSince() <= late);
        if (entry.getSales().isEmpty() && entry.getCommands().isEmpty()) {
            work.delete(StateTable.AWAITED, sourceKey);
            count(-1);
            return;
        }
        entry.setDue(first(entry) + PATIENCE.toMillis());
        new DueIndex(work).await(sourceKey, entry.getDue());
        work.put(StateTable.AWAITED, sourceKey, entry);
    }

    private void giveUp(String sourceKey, AwaitingSale waiting) {
        SaleState state = work.get(StateTable.SALES, waiting.getSale());
        AwaitedOwner owner = state == null ? null : state.getAwaited();
        if (state == null || owner == null || !isFor(owner, sourceKey)) {
            return;
        }
        RecordedSale sale = state.getSale();
        new Rejections(work)
                .unresolved(
                        sale.getSourceSystem(),
                        owner.getEventId(),
                        Instant.ofEpochMilli(owner.getSince()),
                        List.of(ProblemCode.UNKNOWN_CUSTOMER.problem("reference", null)));
        state.setAwaited(null);
        work.put(StateTable.SALES, waiting.getSale(), state);
    }

    private static long first(AwaitedState entry) {
        long first = Long.MAX_VALUE;
        for (AwaitingSale waiting : entry.getSales()) {
            first = Math.min(first, waiting.getSince());
        }
        for (AwaitingCommand waiting : entry.getCommands()) {
            first = Math.min(first, waiting.getSince());
        }
        return first;
    }

    /** A vendor's command whose record came. */
    record Step(DirectoryWork work) implements Jobs.Step {

        @Override
        public Answer run(JobState job) {
            var command = new CustomerCommand();
            command.setCommandId(String.valueOf(job.getCommandId()));
            command.setDirectoryId(work.state.directoryId());
            command.setType(job.getCommandType());
            command.setActor(String.valueOf(job.getActor()));
            command.setReason(job.getArguments().get(REASON));
            command.setIssuedAt(Instant.ofEpochMilli(work.state.now()));
            command.setRecordIds(new ArrayList<>(0));
            command.setArguments(new HashMap<>(job.getArguments()));
            return CommandHandler.ofVendor(work, work.normaliser, command);
        }
    }

    /** Whether a command may wait for a record that nobody has told of yet. */
    static boolean mayWait(CommandType type) {
        return type == CommandType.MERGE
                || type == CommandType.ARCHIVE
                || type == CommandType.ERASE
                || type == CommandType.DATA_REQUEST;
    }
}
