package io.repertoire.customers.model;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.DirectoryPolicy;
import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.MatchPolicy;
import io.repertoire.customers.PlainNormaliser;
import io.repertoire.customers.name.PersonNames;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The machine, with its indexes, caches and shortcuts, against a model that has none; each failure prints its seed. */
class ModelProperties {

    private static final PersonNames NAMES = PersonNames.standard();
    private static final int STEPS = 2_000;
    private static final int LOOK_EVERY = 100;

    static void agree(Random random, Limits limits, int people) {
        DirectoryPolicy policy = policy(limits);
        var machine = new InMemoryDirectory(DirectoryMachine.create(new PlainNormaliser(), id -> policy));
        var model = new SlowDirectory(NAMES, limits);
        var agreement = new Agreement(machine, model);
        var town = new Town(random, people, 90);
        for (int step = 1; step <= STEPS; step++) {
            Said said = town.next(step);
            model.hear(said);
            machine.apply(said.submission());
            agreement.afterStep(said);
            if (step % LOOK_EVERY == 0) {
                agreement.check();
                agreement.checkReviews();
            }
        }
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
                        true)
                .with(MatchPolicy.defaults().withMaxRecords(limits.maxRecords()));
    }

    @Property(tries = 2)
    void a_slow_model_agrees_on_thousands_of_rows(@ForAll long seed) {
        agree(new Random(seed), Limits.none(), 150);
    }
}
