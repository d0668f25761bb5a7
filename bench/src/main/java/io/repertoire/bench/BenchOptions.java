package io.repertoire.bench;

import java.nio.file.Path;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What may follow {@code ./repertoire bench}.
 *
 * @param operand the one word that is not an option
 * @param keep do not delete the generated file and the data folder
 * @param rate events a second
 * @param batch events to a request; 1: one event, as JSON
 */
record BenchOptions(
        @Nullable String operand,
        long rows,
        long seed,
        @Nullable Path file,
        @Nullable Path data,
        boolean keep,
        boolean json,
        String url,
        @Nullable String key,
        int seconds,
        int connections,
        int batch,
        int rate) {

    /** @throws IllegalArgumentException for anything else, with a message for people */
    static BenchOptions parse(Queue<String> args) {
        var all = new BenchOptions(
                null, 100_000, 20_260_101, null, null, false, false, "http://127.0.0.1:8480", null, 10, 32, 1, 500);
        while (!args.isEmpty()) {
            all = all.with(args.remove(), args);
        }
        return all;
    }

    private BenchOptions with(String name, Queue<String> rest) {
        String operand = this.operand;
        long rows = this.rows;
        long seed = this.seed;
        Path file = this.file;
        Path data = this.data;
        boolean keep = this.keep;
        boolean json = this.json;
        String url = this.url;
        String key = this.key;
        int seconds = this.seconds;
        int connections = this.connections;
        int batch = this.batch;
        int rate = this.rate;
        switch (name) {
            case "--rows" -> rows = number(name, rest);
            case "--seed" -> seed = number(name, rest);
            case "--file" -> file = Path.of(value(name, rest));
            case "--data" -> data = Path.of(value(name, rest));
            case "--keep" -> keep = true;
            case "--json" -> json = true;
            case "--url" -> url = value(name, rest);
            case "--key" -> key = value(name, rest);
            case "--seconds" -> seconds = (int) number(name, rest);
            case "--connections" -> connections = (int) number(name, rest);
            case "--rate" -> rate = (int) number(name, rest);
            case "--batch" -> batch = (int) number(name, rest);
            default -> {
                if (name.startsWith("-") || operand != null) {
                    throw new IllegalArgumentException("\"" + name + "\" is not understood.");
                }
                operand = name;
            }
        }
        return new BenchOptions(
                operand, rows, seed, file, data, keep, json, url, key, seconds, connections, batch, rate);
    }

    private static String value(String name, Queue<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new IllegalArgumentException(name + " needs a value.");
        }
        return value;
    }

    private static long number(String name, Queue<String> rest) {
        String value = value(name, rest).replace("_", "").replace(",", "");
        try {
            long number = Long.parseLong(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " needs a whole number greater than 0.");
    }
}
