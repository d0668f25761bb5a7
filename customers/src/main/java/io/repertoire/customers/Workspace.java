package io.repertoire.customers;

import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.keys.SourceKeySecretMissingException;
import io.repertoire.customers.keys.SourceKeys;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Erasure;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One input's work: the state as it finds and changes it, what happened to which customer, what it will say. Nothing leaves before
 * {@link #decision()}. A value read here may be changed in place if it is {@link #put} afterwards.
 */
final class Workspace {

    /** Customers followed through {@code merged_into} before giving up; a longer chain would be a cycle, and so a bug. */
    private static final int MAX_ALIAS_STEPS = 100_000;

    private final String directoryId;
    private final DirectoryView view;
    private final DirectoryPolicy policy;
    private final String lists;
    private final long now;
    private final String prefix;
    private final StateEdits edits;
    private final List<Output<?>> outputs = new ArrayList<>(4);
    private final Map<String, String> touched = new LinkedHashMap<>(4);
    private final Set<String> regrouped = new HashSet<>(4);
    private final Map<String, Announcement> announced = new HashMap<>(2);
    private final Map<String, List<String>> mergers = new LinkedHashMap<>(2);
    private final Map<String, Erased> erasures = new HashMap<>(0);
    private final Map<String, CustomerState> removals = new HashMap<>(0);
    private final Set<String> swept = new HashSet<>(0);
    private final Set<String> salesFollow = new TreeSet<>();
    private @Nullable DirectoryState directory;
    private @Nullable SourceKeys sourceKeys;
    private boolean directoryChanged;

    /** As if contact points were read by the policy alone. */
    Workspace(String directoryId, DirectoryView view, DirectoryPolicy policy, long now) {
        this(directoryId, view, policy, "", now);
    }

    /**
     * @param lists what contact points are read by besides the policy: {@link CustomerNormaliser#lists()}
     * @param now receipt time of the input, epoch ms: the only clock there is
     */
    Workspace(String directoryId, DirectoryView view, DirectoryPolicy policy, String lists, long now) {
        this.lists = lists;
        this.directoryId = directoryId;
        this.view = view;
        this.policy = policy;
        this.now = now;
        this.prefix = directoryId + '/';
        this.edits = new StateEdits(view, prefix);
    }

    /** The same input, handled over another view; what is written and said there is not written or said here. */
    Workspace over(DirectoryView other) {
        return new Workspace(directoryId, other, policy, lists, now);
    }

    DirectoryView view() {
        return view;
    }

    String directoryId() {
        return directoryId;
    }

    DirectoryPolicy policy() {
        return policy;
    }

    long now() {
        return now;
    }

    /** Of the view: what it keeps of dry runs is whole since this began. */
    String epoch() {
        return view.epoch();
    }

    /** @param id the part of the key after the directory */
    <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String id) {
        return edits.get(table, id);
    }

    <T extends SpecificRecord> void put(StateTable<T> table, String id, T value) {
        edits.put(table, id, value);
    }

    <T extends SpecificRecord> void delete(StateTable<T> table, String id) {
        edits.delete(table, id);
    }

    void emit(Output<?> output) {
        outputs.add(output);
    }

    /**
     * The customer's image may have changed: it is recomputed once, when everything else is decided.
     *
     * @param rule why, for the change event; the first reason given stays
     */
    void touch(String customerId, String rule) {
        touched.putIfAbsent(customerId, rule);
    }

    Map<String, String> touched() {
        return touched;
    }

    /** Its list of source records changed: the image is sent even if it shows nothing else. */
    void regrouped(String customerId, String rule) {
        regrouped.add(customerId);
        touch(customerId, rule);
    }

    boolean isRegrouped(String customerId) {
        return regrouped.contains(customerId);
    }

    /** Records with sales came to it from another customer: their sales follow, once everything else is decided. */
    void salesFollow(String customerId) {
        salesFollow.add(customerId);
    }

    Set<String> salesToFollow() {
        return salesFollow;
    }

    /** What the change event of a customer is called, where that does not follow from its image alone. */
    record Announcement(ChangeType type, List<String> from, List<String> to) {}

    /** The customer's change event, if its image changes, is of this type; the first type given stays. */
    void announce(String customerId, ChangeType type, List<String> from, List<String> to) {
        announced.putIfAbsent(customerId, new Announcement(type, from, to));
        touch(customerId, type.name());
    }

    @Nullable
    Announcement announcement(String customerId) {
        return announced.get(customerId);
    }

    /** The customer's erasure is done: the change event says so. */
    void erased(String customerId, List<String> absorbed, Erasure erasure) {
        erasures.put(customerId, new Erased(absorbed, erasure));
        touch(customerId, "ERASE");
    }

    /** There is no such customer any more. */
    void removed(CustomerState customer, String rule) {
        String id = customer.getCustomerId();
        delete(StateTable.CUSTOMERS, id);
        removals.put(id, customer);
        touch(id, rule);
    }

    @Nullable
    CustomerState removal(String customerId) {
        return removals.get(customerId);
    }

    record Erased(List<String> absorbed, Erasure erasure) {}

    @Nullable
    Erased erasure(String customerId) {
        return erasures.get(customerId);
    }

    /** Everything that was sent of an erased customer is sent once more, so that what came before it can be compacted away. */
    void sweep(String customerId) {
        swept.add(customerId);
        touch(customerId, "ERASE");
    }

    boolean isSwept(String customerId) {
        return swept.contains(customerId);
    }

    /** One customer absorbed another; the survivor's image goes first. */
    void merged(String survivorId, String absorbedId, String rule) {
        List<String> absorbed = mergers.computeIfAbsent(survivorId, k -> new ArrayList<>(1));
        absorbed.add(absorbedId);
        List<String> earlier = mergers.remove(absorbedId);
        if (earlier != null) {
            absorbed.addAll(earlier);
        }
        regrouped(survivorId, rule);
        touch(absorbedId, rule);
    }

    /** Survivors with the customers each absorbed. */
    Map<String, List<String>> mergers() {
        return mergers;
    }

    /** Tells what contact points are read and golden records computed with now. */
    String policyFingerprint() {
        return PolicyFingerprint.of(policy, lists);
    }

    /** @throws SourceKeySecretMissingException if what is known of it could not be found again */
    DirectoryState directory() {
        if (directory == null) {
            DirectoryState held = view.get(StateTable.DIRECTORIES, directoryId);
            SourceKeySecret secret = policy.sourceKeySecret();
            if (held == null) {
                held = new DirectoryState(
                        0L,
                        1L,
                        policyFingerprint(),
                        0L,
                        0L,
                        0L,
                        new ArrayList<>(0),
                        secret == null ? null : secret.id(),
                        false,
                        0L,
                        null);
            } else if (held.getSourceKeySecret() != null) {
                checkSourceKeys(held, held.getSourceKeySecret(), secret);
            }
            directory = held;
        }
        return directory;
    }

    private void checkSourceKeys(DirectoryState held, String begunWith, @Nullable SourceKeySecret secret) {
        if (secret != null && secret.id().equals(begunWith)) {
            return;
        }
        if (secret == null || !secret.replaces(begunWith)) {
            throw new SourceKeySecretMissingException(directoryId, begunWith);
        }
        held.setSourceKeySecret(secret.id());
        directoryChanged = true;
    }

    /** One that was begun without a secret goes on without. */
    SourceKeys sourceKeys() {
        if (sourceKeys == null) {
            boolean keyed = directory().getSourceKeySecret() != null;
            sourceKeys = new SourceKeys(directoryId, keyed ? policy.sourceKeySecret() : null);
        }
        return sourceKeys;
    }

    /** What was changed in {@link #directory()} is to be kept. */
    void keepDirectory() {
        directoryChanged = true;
    }

    long version() {
        return directory().getVersion();
    }

    long nextVersion() {
        DirectoryState state = directory();
        directoryChanged = true;
        state.setVersion(state.getVersion() + 1);
        return state.getVersion();
    }

    /** The policy that golden records are, or are about to be, computed with. */
    void computedWith(String policyFingerprint) {
        directory().setPolicy(policyFingerprint);
        directoryChanged = true;
    }

    /** Codes are also the order of creation. */
    long nextCode() {
        DirectoryState state = directory();
        directoryChanged = true;
        long code = state.getNextCode();
        state.setNextCode(code + 1);
        return code;
    }

    /** The customer an id stands for today, through any merges; {@code null} if there never was one. */
    @Nullable
    CustomerState customer(String customerId) {
        String id = customerId;
        for (int step = 0; step < MAX_ALIAS_STEPS; step++) {
            CustomerState state = get(StateTable.CUSTOMERS, id);
            if (state == null || state.getMergedInto() == null) {
                return state;
            }
            id = state.getMergedInto();
        }
        throw new IllegalStateException("merged_into does not end");
    }

    /** Keys of a table behind {@code after}, as they were before this input. */
    List<String> keys(StateTable<?> table, @Nullable String after, int limit) {
        return keysUnder(table, "", after, limit);
    }

    /** As {@link #keys}, of those that begin with {@code under}. */
    List<String> keysUnder(StateTable<?> table, String under, @Nullable String after, int limit) {
        List<String> full = view.keys(table, prefix + under, after == null ? null : prefix + after, limit);
        var keys = new ArrayList<String>(full.size());
        for (String key : full) {
            keys.add(key.substring(prefix.length()));
        }
        return keys;
    }

    /** Forgets everything this input wanted to write or say. Values read before must not be used any more. */
    void discard() {
        edits.clear();
        outputs.clear();
        touched.clear();
        regrouped.clear();
        announced.clear();
        erasures.clear();
        swept.clear();
        removals.clear();
        salesFollow.clear();
        mergers.clear();
        directory = null;
        directoryChanged = false;
    }

    Decision decision() {
        var changes = new ArrayList<StateChange<?>>();
        if (directory != null && directoryChanged) {
            changes.add(new StateChange<>(StateTable.DIRECTORIES, directoryId, directory));
        }
        edits.addTo(changes);
        return new Decision(changes, outputs);
    }
}
