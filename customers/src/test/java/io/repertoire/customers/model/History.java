package io.repertoire.customers.model;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.DirectoryView;
import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.People;
import io.repertoire.customers.PlainNormaliser;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * A random life of a directory, rows, sales, commands and files that are undone interleaved, lived by the machine and by the model side by side; they agree
 * at every step, or this fails. What was put in and what came out is kept for those who run it once more by other means.
 */
public final class History {

    /** One input, and what the machine sent because of it. */
    public record Step(Input input, List<Output<?>> outputs) {}

    private static final PersonNames NAMES = PersonNames.standard();
    private static final int LOOK_EVERY = 250;

    /** One step of so many is a file, read and most often undone. */
    private static final int FILES = 150;

    private final InMemoryDirectory machine;
    private final List<Step> steps = new ArrayList<>();

    private History(DirectoryMachine machine) {
        this.machine = new InMemoryDirectory(machine);
    }

    /** The machine that such a history is about. */
    public static DirectoryMachine machine(Limits limits) {
        DirectoryPolicy policy = policy(limits);
        return DirectoryMachine.create(new PlainNormaliser(), id -> policy);
    }

    static DirectoryPolicy policy(Limits limits) {
        return new DirectoryPolicy(
                        "CA",
                        Set.of(),
                        Set.of(),
                        limits.maxEmails(),
                        limits.maxPhones(),
                        limits.emailDegree(),
                        limits.phoneDegree(),
                        false)
                .with(MatchPolicy.defaults().withMaxRecords(limits.maxRecords()).withMergesPerThousand(0))
                .with(new ErasurePolicy(
                        List.of(SuppressionSecret.of("a secret that is long enough for anybody")),
                        false,
                        // No history is so long that the second writes of erasures fall due in it.
                        Duration.ofDays(30)));
    }

    /**
     * @param length in steps
     * @param commands of a hundred steps
     * @param sales of a hundred steps
     */
    public static History of(long seed, int length, Limits limits, int commands, int sales) {
        return of(seed, length, limits, commands, sales, true);
    }

    /** @param longJobs whether there may be commands that take more than one input */
    static History of(long seed, int length, Limits limits, int commands, int sales, boolean longJobs) {
        var random = new Random(seed);
        var history = new History(machine(limits));
        var model = new SlowDirectory(NAMES, limits);
        var soldTo = new SlowSales(model);
        var agreement = new Agreement(history.machine, model, soldTo);
        var town = new Town(random, limits.people());
        var office = new Office(random, history, model, town, longJobs);
        var till = new Till(random, history, model, soldTo, town);
        var clerk = new Clerk(random, history, model, soldTo, town, agreement);
        for (int step = 1; step <= length; step++) {
            Instant now = People.RECEIVED.plusSeconds(60L * step);
            model.begin();
            history.machine.begin();
            if (longJobs && step > 50 && random.nextInt(FILES) == 0) {
                clerk.anyFile(step, now);
                continue;
            }
            int kind = random.nextInt(100);
            Object what;
            // Offices and tills open when there is somebody to speak of.
            if (step > 50 && kind < commands) {
                what = office.anyCommand(now);
            } else if (step > 50 && kind < commands + sales) {
                what = till.anySale(step, now);
            } else {
                Said said = town.nextOf("long", step, now);
                model.hear(said);
                boolean again = !new Place("long", step).equals(said.place());
                history.apply(said.row(again ? "again-" + step : "once", now));
                what = said;
            }
            soldTo.settle();
            agreement.afterStep(step + ": " + what);
            if (step % LOOK_EVERY == 0) {
                agreement.check();
            }
        }
        return history;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The state that the machine has come to. */
    public DirectoryView state() {
        return machine;
    }

    void apply(Input input) {
        steps.add(new Step(input, machine.apply(input)));
    }

    <T extends SpecificRecord> List<T> lastSent(Topic<T> topic) {
        return machine.lastSent(topic);
    }

    /** Gives a command and goes on with what it started until that is over. */
    List<CommandResult> command(CustomerCommand command, Instant now) {
        apply(new Input.Command(command, now));
        while (!machine.all(StateTable.JOBS).isEmpty()) {
            var next = new Input.Continue(
                    People.DIRECTORY, machine.all(StateTable.JOBS).get(0).getJobId(), now);
            steps.add(new Step(next, machine.applyMore(next)));
        }
        return machine.lastSent(Topics.COMMAND_RESULTS);
    }
}
