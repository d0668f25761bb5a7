package io.repertoire.customers;

import io.repertoire.customers.golden.Fingerprint;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.MarketingContact;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.PointDenial;
import io.repertoire.schemas.state.SaleState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/** A directory in which imports are undone, and all that can be seen of it but versions, codes and time. */
final class UndoneDirectory {

    static final DirectoryPolicy POLICY = policy(5);

    InMemoryDirectory directory = new InMemoryDirectory(machine(policy(6)));
    private Instant now = People.RECEIVED.plusSeconds(100_000);
    private int commands;

    private static DirectoryPolicy policy(int maxEmails) {
        return new DirectoryPolicy("CA", Set.of(), Set.of(), maxEmails, 5, 2, 2, true)
                .with(MatchPolicy.defaults().withMergesPerThousand(0))
                .with(new ErasurePolicy(
                        List.of(SuppressionSecret.of("a secret that is long enough for anybody")),
                        false,
                        Duration.ofDays(1)));
    }

    static DirectoryMachine machine() {
        return machine(POLICY);
    }

    private static DirectoryMachine machine(DirectoryPolicy policy) {
        return new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.standard(), id -> policy);
    }

    /** A process that knows nothing but the state. */
    void restart() {
        List<Output<?>> sent = List.copyOf(directory.outputs());
        directory = directory.under(machine());
        directory.outputs().addAll(sent);
    }

    /** A copy that goes its own way from here on. */
    UndoneDirectory twin() {
        var twin = new UndoneDirectory();
        twin.directory = directory.under(machine());
        twin.directory.outputs().addAll(directory.outputs());
        twin.now = now;
        twin.commands = commands;
        return twin;
    }

    /**
     * Every image is what it would be if it were computed now: what somebody buys changes only their own, though others may share the
     * number, until something else is heard of them.
     */
    void bringUpToDate() {
        restart();
        directory.apply(new Input.Inspect(People.DIRECTORY, now));
        runJobs();
    }

    Instant now() {
        return now;
    }

    /** Something arrives, later than everything before. */
    void say(CustomerSubmission said) {
        now = now.plusSeconds(1);
        said.setReceivedAt(now);
        directory.apply(new Input.Submission(said));
    }

    CommandResult give(CommandType type, Consumer<CustomerCommand> what) {
        commands++;
        now = now.plusSeconds(60);
        var command = new CustomerCommand();
        command.setCommandId("cmd-" + commands);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("alice");
        command.setIssuedAt(now);
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        what.accept(command);
        directory.apply(new Input.Command(command, now));
        List<CommandResult> results = directory.lastSent(Topics.COMMAND_RESULTS);
        return results.get(results.size() - 1);
    }

    CommandResult undo(String importId) {
        return give(CommandType.IMPORT_UNDO, command -> command.setImportId(importId));
    }

    /** One step of a long job; false if there is none. */
    boolean step() {
        List<JobState> jobs = directory.all(StateTable.JOBS);
        if (jobs.isEmpty()) {
            return false;
        }
        now = now.plusSeconds(1);
        directory.apply(new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), now));
        return true;
    }

    void runJobs() {
        while (step()) {
            // Until none is left.
        }
    }

    /** Time passes in which nothing is said. */
    void pass(Duration time) {
        now = now.plus(time);
        directory.apply(new Input.Tick(People.DIRECTORY, now));
    }

    /** One step of the long job whose turn it is, where there are several. */
    void step(int turn) {
        List<JobState> jobs = directory.all(StateTable.JOBS);
        if (!jobs.isEmpty()) {
            now = now.plusSeconds(1);
            String job = jobs.get(turn % jobs.size()).getJobId();
            directory.apply(new Input.Continue(People.DIRECTORY, job, now));
        }
    }

    /** The rows of an import, what each became, in order. */
    List<String> outcomes(String importId) {
        return directory.sent(Topics.ROW_OUTCOMES).stream()
                .filter(outcome -> outcome.getImportId().equals(importId))
                .map(UndoneDirectory::describe)
                .toList();
    }

    private static String describe(RowOutcome outcome) {
        return outcome.getLine() + " " + outcome.getOutcome() + " " + outcome.getCustomerId() + " " + outcome.getRule();
    }

    /** Everything that is held, by table and key. */
    Map<String, String> held() {
        return held(UnaryOperator.identity());
    }

    /** Also but for codes, and the order in which customers were created. */
    Map<String, String> heldWithoutCodes() {
        Map<String, String> held = held(customer -> {
            customer.setCode("");
            customer.setCreatedSeq(0L);
            customer.setImageHash(ByteBuffer.allocate(0));
            return customer;
        });
        held.keySet().removeIf(key -> key.contains("/code/"));
        return held;
    }

    private Map<String, String> held(UnaryOperator<CustomerState> customers) {
        var held = new TreeMap<String, String>();
        each(StateTable.SOURCE_RECORDS, held, record -> record);
        each(StateTable.CUSTOMERS, held, customer -> customers.apply(plain(customer)));
        each(StateTable.IDENTIFIERS, held, UndoneDirectory::plain);
        each(StateTable.REVIEWS, held, UndoneDirectory::plain);
        each(StateTable.SALES, held, UndoneDirectory::plain);
        each(StateTable.SUPPRESSIONS, held, entry -> entry);
        each(StateTable.UNDO, held, entry -> entry);
        for (String key : directory.keys(StateTable.DUE, "", null, Integer.MAX_VALUE)) {
            if (key.contains("/cus_")) {
                held.put("due " + key, "");
            }
        }
        return held;
    }

    /** What a reader of the topics has, who knows the last record of every key. */
    Map<String, String> shown() {
        var shown = new TreeMap<String, String>();
        for (Output<?> output : directory.outputs()) {
            String key = output.topic().name() + ' ' + output.key();
            if (output.value() == null) {
                shown.remove(key);
            } else if (output.value() instanceof Customer image) {
                shown.put(
                        key,
                        Base64.getEncoder().encodeToString(Fingerprint.of(image).array()));
            } else if (output.value() instanceof MarketingContact contact) {
                shown.put(key, "" + MarketingProjection.hash(contact));
            } else if (output.value() instanceof Review review) {
                if (review.getStatus() == ReviewStatus.OPEN) {
                    shown.put(key, sorted(review.getCustomerIds()).toString());
                } else {
                    shown.remove(key);
                }
            }
        }
        return shown;
    }

    private <T extends SpecificRecord> void each(
            StateTable<T> table, Map<String, String> held, UnaryOperator<T> plain) {
        for (String key : directory.keys(table, "", null, Integer.MAX_VALUE)) {
            T value = directory.get(table, key);
            if (value != null) {
                held.put(table.name() + ' ' + key, plain.apply(value).toString());
            }
        }
    }

    private static CustomerState plain(CustomerState customer) {
        customer.setVersion(0L);
        customer.setUpdatedAt(0L);
        customer.setSold(false);
        if (customer.getMerge() != null) {
            customer.getMerge().setSurvivorVersion(0L);
        }
        customer.setMembers(sorted(customer.getMembers()));
        customer.setMergedIds(sorted(customer.getMergedIds()));
        customer.setOpenReviews(sorted(customer.getOpenReviews()));
        customer.setDistinct(sorted(customer.getDistinct()));
        customer.getNames().sort(Comparator.comparing(Object::toString));
        customer.getRelations().sort(Comparator.comparing(Relation::toString));
        return customer;
    }

    private static IdentifierState plain(IdentifierState identifier) {
        identifier.setOwners(sorted(identifier.getOwners()));
        identifier.setLastSeen(0L);
        for (PointDenial denial : identifier.getDenied()) {
            // Where two said the same, either may be named.
            denial.setImportId(null);
        }
        identifier.getDenied().sort(Comparator.comparing(Object::toString));
        return identifier;
    }

    private static Review plain(Review review) {
        review.setVersion(0L);
        review.setCustomerIds(sorted(review.getCustomerIds()));
        review.setSourceKeys(sorted(review.getSourceKeys()));
        if (review.getStatus() == ReviewStatus.OBSOLETE) {
            // One that the import had opened again is closed by the undo, and says so.
            review.setClosedAt(null);
            review.setClosedBy(null);
        }
        return review;
    }

    private static SaleState plain(SaleState sale) {
        sale.getSale().setVersion(0L);
        return sale;
    }

    private static List<String> sorted(List<String> list) {
        var sorted = new ArrayList<>(list);
        Collections.sort(sorted);
        return sorted;
    }
}
