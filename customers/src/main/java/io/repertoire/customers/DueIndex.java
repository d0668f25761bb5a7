package io.repertoire.customers;

import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.DueState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which customer's consent lapses when (P39), which command's answer is forgotten when, until when a source record is waited for, and
 * until when is kept what an import replaced: one entry for each of them, in the order of time, so that what is due is found without
 * looking at anything else.
 */
final class DueIndex {

    private static final int TIME_DIGITS = 13;

    /** Before the id of a command, where that of a customer stands else. */
    private static final String COMMAND = "command/";

    /** Before the key of a source record that is waited for. */
    private static final String AWAITED = "awaited/";

    /** Likewise of an import. */
    private static final String IMPORT = "import/";

    /** A key that nothing has. */
    private static final String SWEEP = "~sweep";

    private final Workspace work;

    DueIndex(Workspace work) {
        this.work = work;
    }

    /** Gives a customer its entry, or takes it; whoever calls puts the customer. */
    boolean schedule(CustomerState customer, @Nullable Customer image) {
        return at(customer, image == null ? 0 : firstToLapse(image));
    }

    /** @param next when something of the customer is due; 0: never */
    boolean at(CustomerState customer, long next) {
        if (next == customer.getDue()) {
            return false;
        }
        if (customer.getDue() != 0) {
            work.delete(StateTable.DUE, key(customer.getDue(), customer.getCustomerId()));
        }
        customer.setDue(next);
        if (next != 0) {
            String id = customer.getCustomerId();
            put(next, id);
        }
        return true;
    }

    /** An answer is to be forgotten then. */
    void forget(String commandId, long at) {
        put(at, COMMAND + commandId);
    }

    /** By then a source record was waited for long enough. */
    void await(String sourceKey, long at) {
        put(at, AWAITED + sourceKey);
    }

    void stopAwaiting(String sourceKey, long at) {
        work.delete(StateTable.DUE, key(at, AWAITED + sourceKey));
    }

    /** What an import replaced is not kept any longer then. */
    void expire(String importId, long at) {
        put(at, IMPORT + importId);
    }

    private void put(long at, String id) {
        work.put(StateTable.DUE, key(at, id), new DueState(id));
        DirectoryState directory = work.directory();
        if (directory.getDueFrom() == 0 || at < directory.getDueFrom()) {
            directory.setDueFrom(at);
            work.keepDirectory();
        }
    }

    private static long firstToLapse(Customer image) {
        List<Consent> consents = image.getConsents();
        long first = 0;
        for (int i = 0; i < consents.size(); i++) {
            Consent consent = consents.get(i);
            if (consent.getStatus() == ConsentStatus.GRANTED && consent.getExpiresAt() != null) {
                long at = consent.getExpiresAt().toEpochMilli();
                first = first == 0 ? at : Math.min(first, at);
            }
        }
        return first;
    }

    /** Whether anything may be due. */
    boolean isDue(long now) {
        long from = work.directory().getDueFrom();
        return from != 0 && from <= now;
    }

    /**
     * Takes what is due off the list and touches its customers; what they wait for next is scheduled when they are published.
     *
     * @param limit entries at most
     */
    void take(long now, int limit, ConsentBook book) {
        List<String> keys = work.keys(StateTable.DUE, null, limit + 1);
        DirectoryState directory = work.directory();
        directory.setClock(Math.max(directory.getClock(), now));
        directory.setDueFrom(0);
        work.keepDirectory();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            long at = timeOf(key);
            if (at > now || i == limit) {
                directory.setDueFrom(at);
                return;
            }
            String id = key.substring(TIME_DIGITS + 1);
            work.delete(StateTable.DUE, key);
            if (id.startsWith(COMMAND)) {
                CommandHandler.forget(work, id.substring(COMMAND.length()), at);
                continue;
            }
            if (id.startsWith(AWAITED)) {
                new Awaited(work).giveUp(id.substring(AWAITED.length()), at);
                continue;
            }
            if (id.startsWith(IMPORT)) {
                UndoExpiry.begin(work, id.substring(IMPORT.length()));
                continue;
            }
            CustomerState customer = work.get(StateTable.CUSTOMERS, id);
            if (customer != null && customer.getDue() == at) {
                book.lapsing(customer.getCustomerId(), at);
                customer.setDue(0L);
                work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
                if (customer.getStatus() == CustomerStatus.ERASED) {
                    sweep(customer);
                } else {
                    work.touch(customer.getCustomerId(), "CONSENT_LAPSED");
                }
            }
        }
    }

    /**
     * The time has come by which nothing of an erased person may be left in compacted topics and changelogs. They compact a segment
     * once it is closed, and close it at the next write, which on a quiet partition nobody else may make (P45).
     */
    private void sweep(CustomerState customer) {
        work.sweep(customer.getCustomerId());
        customer.getMergedIds().forEach(work::sweep);
        for (StateTable<?> table : StateTable.ALL) {
            if (!table.name().equals(StateTable.DIRECTORIES.name())) {
                work.delete(table, SWEEP);
            }
        }
    }

    private static String key(long at, String customerId) {
        return String.format(Locale.ROOT, "%0" + TIME_DIGITS + "d", at) + '/' + customerId;
    }

    private static long timeOf(String key) {
        return Long.parseLong(key.substring(0, TIME_DIGITS));
    }
}
