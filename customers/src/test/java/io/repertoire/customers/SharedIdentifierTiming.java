package io.repertoire.customers;

import io.repertoire.customers.policy.DirectoryPolicy;
import java.lang.management.ManagementFactory;

/**
 * Prints what ordinary rows cost while as many others share one identifier, on one thread, with Avro's copies of the state; run by
 * hand. Figures are in {@code docs/matching.md}.
 */
public final class SharedIdentifierTiming {

    private SharedIdentifierTiming() {}

    /** What the rows between the ordinary ones are. */
    private enum Between {
        NOTHING,
        ORDINARY,
        ONE_EMAIL_MANY_NAMES,
        ONE_EMAIL_ONE_NAME,
        ONE_PHONE_NO_NAME
    }

    public static void main(String[] args) {
        int rows = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        DirectoryMachine machine =
                DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults());
        for (int round = 0; round < 2; round++) {
            for (Between between : Between.values()) {
                measure(machine, rows, between);
            }
        }
    }

    private static void measure(DirectoryMachine machine, int rows, Between between) {
        var view = MapView.copying();
        long ordinary = 0;
        long others = 0;
        long slowest = 0;
        for (int i = 0; i < rows; i++) {
            ordinary += apply(machine, view, ordinary(i));
            if (between != Between.NOTHING) {
                long took = apply(machine, view, other(between, i));
                others += took;
                slowest = Math.max(slowest, took);
            }
        }
        System.out.printf(
                "%-22s ordinary row %.1f us, row between %.1f us, the slowest %.1f ms%n",
                between, ordinary / 1e3 / rows, others / 1e3 / rows, slowest / 1e6);
    }

    private static People ordinary(int i) {
        return People.named("Given" + i % 997, "Family" + i % 7919)
                .email("person" + i + "@mail" + i % 10 + ".ca")
                .phone("514" + (2_000_000 + i));
    }

    private static People other(Between between, int i) {
        return switch (between) {
            case NOTHING, ORDINARY ->
                People.named("Other" + i % 997, "Name" + i % 7919)
                        .email("other" + i + "@mail.ca")
                        .phone("418" + (2_000_000 + i));
            case ONE_EMAIL_MANY_NAMES ->
                People.named(word(i), word(i / 7 + 13)).email("promo@club.ca").phone("418" + (2_000_000 + i));
            case ONE_EMAIL_ONE_NAME ->
                People.named("Jean", "Tremblay").email("promo@club.ca").notes("visit " + i);
            case ONE_PHONE_NO_NAME -> People.nameless().phone("418 842-1234").notes("visit " + i);
        };
    }

    private static String word(int seed) {
        var word = new StringBuilder(8);
        long bits = (seed + 1L) * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < 8; i++) {
            word.append((char) ('a' + ((bits >>> (i * 7)) & 0x7f) % 26));
        }
        return word.toString();
    }

    private static long apply(DirectoryMachine machine, MapView view, People person) {
        Input.Submission said = person.said();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        view.apply(machine.apply(said, view));
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
}
