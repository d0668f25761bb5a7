package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what one row costs the machine on one thread, without normalisation and without Avro; run by hand. A quarter of the rows
 * are of people seen before.
 */
public final class MachineTiming {

    private MachineTiming() {}

    public static void main(String[] args) {
        int rows = args.length == 0 ? 200_000 : Integer.parseInt(args[0]);
        boolean standard = args.length > 1;
        CustomerNormaliser normaliser = standard ? CustomerNormaliser.standard() : new PlainNormaliser();
        for (int round = 0; round < 4; round++) {
            List<Input.Submission> inputs = inputs(rows);
            long normalising = cpuTime();
            if (!standard) {
                for (Input.Submission input : inputs) {
                    normaliser.normalise(input.value().getCustomer(), null, 0, DirectoryPolicy.defaults());
                }
            }
            normalising = cpuTime() - normalising;
            DirectoryMachine machine =
                    new RuledDirectoryMachine(normaliser, PersonNames.bySpelling(), id -> DirectoryPolicy.defaults());
            var view = MapView.sharing();
            long outputs = 0;
            long start = cpuTime();
            for (Input.Submission input : inputs) {
                Decision decision = machine.apply(input, view);
                view.apply(decision);
                outputs += decision.outputs().size();
            }
            long took = cpuTime() - start;
            System.out.printf(
                    "%d rows: %.1f us a row in all, %.1f us of it normalising, %d outputs%n",
                    rows, took / 1e3 / rows, normalising / 1e3 / rows, outputs);
        }
    }

    /** CPU time of this thread, ns: what others do on the machine does not count. */
    private static long cpuTime() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Input.Submission> inputs(int rows) {
        var inputs = new ArrayList<Input.Submission>(rows);
        for (int i = 0; i < rows; i++) {
            int person = i % 4 == 3 ? i / 2 : i;
            inputs.add(People.named("Given" + person % 997, "Family" + person % 7919)
                    .email("person" + person + "@mail" + person % 10 + ".ca")
                    .phone(i % 3 == 0 ? "514" + (2_000_000 + person) : "")
                    .address(person + " rue Principale", "Laval", "H1H 1H1")
                    .attribute("source", "file")
                    .from("csv")
                    .row("i1", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", i + 2L)
                    .said());
        }
        return inputs;
    }
}
