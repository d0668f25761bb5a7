package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.keys.SuppressionSecretMissingException;
import io.repertoire.customers.name.FoldedName;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.state.SuppressionState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Erased people do not come back (P41): what led to them is remembered as a keyed hash, and whatever arrives with it again is not
 * stored. Costs nothing while nobody was erased.
 */
final class Suppression {

    private final Workspace work;
    private final int normaliserVersion;

    /** @param normaliserVersion version of what writes the values */
    Suppression(Workspace work, int normaliserVersion) {
        this.work = work;
        this.normaliserVersion = normaliserVersion;
    }

    /**
     * Whether anybody was erased at all.
     *
     * @throws SuppressionSecretMissingException if it could no longer be told who
     */
    boolean isActive() {
        DirectoryState directory = work.directory();
        if (directory.getSuppressed() == 0) {
            return false;
        }
        for (String used : directory.getSuppressionSecrets()) {
            if (work.policy().erasure().secrets().stream()
                    .noneMatch(secret -> secret.id().equals(used))) {
                throw new SuppressionSecretMissingException(work.directoryId(), used);
            }
        }
        return true;
    }

    /**
     * Whether a submission may not be stored. One that is a person's own, explicit and later consent is no hit: it lifts the
     * suppression of everything it names (P43).
     *
     * @param held the source record it speaks of: what a living customer's own record says already is no hit
     */
    boolean hits(CustomerSubmission submission, NormalisedCustomer said, @Nullable SourceRecordState held) {
        if (!isActive()) {
            return false;
        }
        if (held != null && isErased(held.getCustomerId())) {
            return true;
        }
        Set<Identifier> leads = leads(submission.getSourceSystem(), submission.getSourceCustomerId(), said);
        if (held != null) {
            leads.removeAll(leads(held.getSystem(), held.getSourceCustomerId(), held.getContent()));
        }
        var found = new ArrayList<String>(1);
        long erasedAt = Long.MIN_VALUE;
        for (Identifier lead : leads) {
            if (isBeingErased(lead)) {
                return true;
            }
            erasedAt = Math.max(erasedAt, note(found, lead));
            Identifier named = work.directory().getSuppressedNames() ? named(lead, said) : null;
            if (named != null) {
                erasedAt = Math.max(erasedAt, note(found, named));
            }
        }
        if (found.isEmpty()) {
            return false;
        }
        if (!consentsAfter(submission, said, erasedAt)) {
            return true;
        }
        found.forEach(this::lift);
        return false;
    }

    /** Whether it led to somebody who was erased, or is being erased. */
    boolean hides(Identifier lead) {
        return isActive() && (isBeingErased(lead) || find(lead) != null);
    }

    /** @return when what it led to was erased */
    private long note(List<String> found, Identifier lead) {
        String key = find(lead);
        SuppressionState entry = key == null ? null : work.get(StateTable.SUPPRESSIONS, key);
        if (key == null || entry == null) {
            return Long.MIN_VALUE;
        }
        found.add(key);
        return entry.getErasedAt();
    }

    /**
     * Whether a record as it was would bring back what led to a person who was erased after it had stopped saying so.
     *
     * @param since when it stopped, epoch ms
     */
    boolean wouldComeBack(SourceRecordState before, SourceRecordState now, long since) {
        if (!isActive()) {
            return false;
        }
        Set<Identifier> leads = leads(before.getSystem(), before.getSourceCustomerId(), before.getContent());
        leads.removeAll(leads(now.getSystem(), now.getSourceCustomerId(), now.getContent()));
        for (Identifier lead : leads) {
            Identifier named = work.directory().getSuppressedNames() ? named(lead, before.getContent()) : null;
            if (isBeingErased(lead) || erasedAt(lead) >= since || (named != null && erasedAt(named) >= since)) {
                return true;
            }
        }
        return false;
    }

    private long erasedAt(Identifier lead) {
        return note(new ArrayList<>(1), lead);
    }

    /** Whether the customer itself was erased. */
    boolean isErased(String customerId) {
        CustomerState customer = work.customer(customerId);
        return customer != null && customer.getStatus() == CustomerStatus.ERASED;
    }

    private @Nullable String find(Identifier lead) {
        List<SuppressionSecret> secrets = work.policy().erasure().secrets();
        for (int i = 0; i < secrets.size(); i++) {
            String key = hash(secrets.get(i), lead);
            SuppressionState held = work.get(StateTable.SUPPRESSIONS, key);
            if (held != null) {
                return i == 0 ? key : renew(lead, key, held);
            }
        }
        return null;
    }

    /** One made with an earlier secret: now that the value is here, it is written down under the present one. */
    private String renew(Identifier lead, String key, SuppressionState held) {
        SuppressionSecret secret = work.policy().erasure().secrets().get(0);
        String renewed = hash(secret, lead);
        work.delete(StateTable.SUPPRESSIONS, key);
        work.put(
                StateTable.SUPPRESSIONS,
                renewed,
                new SuppressionState(held.getErasedAt(), secret.id(), normaliserVersion));
        uses(secret);
        return renewed;
    }

    private void lift(String key) {
        work.delete(StateTable.SUPPRESSIONS, key);
        count(-1);
    }

    /**
     * Before what it led to is deleted.
     *
     * @throws SuppressionSecretMissingException if there is no secret any more
     */
    void add(Identifier lead, long erasedAt) {
        if (find(lead) != null) {
            return;
        }
        List<SuppressionSecret> secrets = work.policy().erasure().secrets();
        if (secrets.isEmpty()) {
            // An erasure that was begun waits for it: given up, the person would stay half erased.
            throw new SuppressionSecretMissingException(work.directoryId(), "any");
        }
        SuppressionSecret secret = secrets.get(0);
        work.put(
                StateTable.SUPPRESSIONS,
                hash(secret, lead),
                new SuppressionState(erasedAt, secret.id(), normaliserVersion));
        uses(secret);
        count(1);
    }

    /**
     * Of what many people give: it says who somebody is only together with the name, and the others must still get in.
     *
     * @return whether there is a name
     */
    boolean addWithName(Identifier lead, NormalisedCustomer content, long erasedAt) {
        Identifier named = named(lead, content);
        if (named == null) {
            return false;
        }
        add(named, erasedAt);
        if (!work.directory().getSuppressedNames()) {
            work.directory().setSuppressedNames(true);
            work.keepDirectory();
        }
        return true;
    }

    /** Accents, case, order and titles of the name do not count. */
    private static @Nullable Identifier named(Identifier lead, NormalisedCustomer content) {
        FoldedName person = FoldedName.of(content.getGivenName(), content.getFamilyName(), content.getDisplayName());
        FoldedName name = person.isEmpty() ? FoldedName.of(null, content.getCompanyName()) : person;
        if (name.isEmpty()) {
            return null;
        }
        String text = Stream.concat(name.given().stream(), name.family().stream())
                .sorted()
                .collect(Collectors.joining(" "));
        return new Identifier(lead.kind(), lead.value() + '\u001f' + text, false);
    }

    /** Also for as long as an erasure goes on: what it has not come to yet must not be matched either. */
    void count(int change) {
        DirectoryState directory = work.directory();
        directory.setSuppressed(directory.getSuppressed() + change);
        work.keepDirectory();
    }

    private void uses(SuppressionSecret secret) {
        DirectoryState directory = work.directory();
        if (!directory.getSuppressionSecrets().contains(secret.id())) {
            directory.getSuppressionSecrets().add(secret.id());
            work.keepDirectory();
        }
    }

    private boolean isBeingErased(Identifier lead) {
        IdentifierState held = work.get(StateTable.IDENTIFIERS, lead.key());
        if (held == null || held.getShared()) {
            return false;
        }
        for (String owner : held.getOwners()) {
            if (isErased(owner)) {
                return true;
            }
        }
        return false;
    }

    /** An event of the person's own, dated after the erasure, with its proof. */
    private static boolean consentsAfter(CustomerSubmission submission, NormalisedCustomer said, long erasedAt) {
        if (!ConsentStatements.isExplicit(submission)) {
            return false;
        }
        for (HeldConsent statement : said.getConsents()) {
            long decided = statement.getDecidedAt() == null
                    ? submission.getObservedAt().toEpochMilli()
                    : statement.getDecidedAt();
            if (statement.getStatus() == ConsentStatus.GRANTED
                    && statement.getPurpose() != ConsentPurpose.OTHER
                    && statement.getEvidence() != null
                    && decided > erasedAt) {
                return true;
            }
        }
        return false;
    }

    /**
     * Every email, phone, card and foreign id that says who it is about; a number behind a switchboard with its extension. What
     * matches nobody, such as a filler, a toll-free line or the shop's own number, hides nobody either.
     */
    Set<Identifier> leads(String system, @Nullable String sourceCustomerId, NormalisedCustomer content) {
        var leads = new LinkedHashSet<>(Identifiers.of(system, sourceCustomerId, content, work.policy()));
        leads.removeIf(lead -> lead.kind() == IdentifierKind.LOOSE_EMAIL);
        for (HeldPhone phone : content.getPhones()) {
            if (phone.getE164() != null
                    && phone.getExt() != null
                    && !phone.getExt().isEmpty()
                    && phone.getQuality() == ContactQuality.OK) {
                leads.add(new Identifier(IdentifierKind.PHONE, phone.getE164() + ";ext=" + phone.getExt(), false));
            }
        }
        return leads;
    }

    private String hash(SuppressionSecret secret, Identifier lead) {
        return secret.hash(work.directoryId(), lead.kind().keyPart(), lead.value());
    }
}
