package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.MarketingContact;
import io.repertoire.schemas.MarketingContactPoint;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A directory, and a mailing list that follows its marketing topic. */
final class MarketingRig {

    final InMemoryDirectory directory;
    private final Map<String, @Nullable MarketingContact> list = new TreeMap<>();
    private int next;

    MarketingRig(boolean casl) {
        this(policy -> casl ? policy : new DirectoryPolicy("FR", Set.of(), Set.of(), 5, 5, 3, 4, false));
    }

    MarketingRig(UnaryOperator<DirectoryPolicy> change) {
        directory = new InMemoryDirectory(machine(change));
    }

    private MarketingRig(InMemoryDirectory directory) {
        this.directory = directory;
    }

    /** The same state, after the configuration was changed. */
    MarketingRig restartedWith(UnaryOperator<DirectoryPolicy> change) {
        return new MarketingRig(directory.under(machine(change)));
    }

    private static DirectoryMachine machine(UnaryOperator<DirectoryPolicy> change) {
        DirectoryPolicy policy = change.apply(DirectoryPolicy.defaults());
        return new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy);
    }

    void apply(Input input) {
        for (Output<?> output : directory.apply(input)) {
            if (output.topic().name().equals(Topics.MARKETING.name())) {
                list.put(output.key(), (MarketingContact) output.value());
            }
        }
    }

    void say(People person) {
        apply(person.said());
    }

    /** The person says it now: an event that is about consent. */
    void decide(People person, Instant at) {
        CustomerSubmission submission = person.at(at).submission();
        submission.setOperation(SubmissionOperation.CONSENT);
        submission.setStore("Laval");
        submission.setTill("2");
        apply(new Input.Submission(submission));
    }

    void buys(String customerId, String sale, Instant at) {
        sale(SaleOperation.RECORD, customerId, sale, at);
    }

    void sale(SaleOperation operation, @Nullable String customerId, String sale, Instant at) {
        var reference = customerId == null ? null : new CustomerReference(customerId, null, null);
        apply(new Input.Sale(Sales.event("e" + ++next, operation, sale, reference, null, at)));
    }

    void tick(Instant now) {
        apply(new Input.Tick(People.DIRECTORY, now));
    }

    /** The one customer there is, absorbed ones aside. */
    Customer only() {
        List<Customer> live = directory.images().values().stream()
                .filter(c -> c.getMergedInto() == null)
                .toList();
        if (live.size() != 1) {
            throw new AssertionError(live.size() + " customers");
        }
        return live.get(0);
    }

    Customer named(String given) {
        return directory.images().values().stream()
                .filter(c -> given.equals(c.getGivenName()))
                .findFirst()
                .orElseThrow();
    }

    List<MarketingContact> contacts() {
        return list.values().stream().filter(Objects::nonNull).toList();
    }

    long tombstones() {
        return list.values().stream().filter(Objects::isNull).count();
    }

    /** Every contact point on the list. */
    List<String> mailingList() {
        return contacts().stream()
                .flatMap(contact -> contact.getContactPoints().stream())
                .map(MarketingContactPoint::getValue)
                .sorted()
                .toList();
    }

    List<ConsentEntry> ledger() {
        var entries = new ArrayList<ConsentEntry>();
        directory.sent(Topics.CHANGES).forEach(change -> entries.addAll(change.getConsents()));
        return entries;
    }
}
