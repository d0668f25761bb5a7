package io.repertoire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a process and everything it started use, read from Linux's {@code /proc}. Processes that were started in its name but
 * belong to nobody any more (a server that detached itself) are found by the data folder in their command line. Not thread-safe.
 */
final class ProcessTree {

    /** The kernel's USER_HZ, the unit of CPU time in {@code /proc}: 100 on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private final long root;
    private final String dataFolder;
    private final Map<Long, Seen> threads = new HashMap<>();
    private long peakRssKb;
    private long peakPssKb;

    /**
     * CPU of one thread so far.
     *
     * @param thread id, as in a thread dump's {@code nid}
     * @param process its process
     * @param processTitle the start of the process's command line
     * @param comm the kernel's name of the thread, 15 bytes at most
     */
    record Seen(long thread, long process, String processTitle, String comm, long micros) {}

    ProcessTree(long root, String dataFolder) {
        this.root = root;
        this.dataFolder = dataFolder;
    }

    /** Everything seen so far, processes and threads that have ended included. */
    List<Seen> threads() {
        return List.copyOf(threads.values());
    }

    long peakRssKb() {
        return peakRssKb;
    }

    /** Memory shared between processes, PostgreSQL's buffers above all, is counted once. */
    long peakPssKb() {
        return peakPssKb;
    }

    /** @param withPss reading it makes the kernel walk every page: now and then is enough */
    void sample(boolean withPss) throws IOException {
        long rss = 0;
        long pss = 0;
        for (long process : processes()) {
            String title = title(process);
            rss += memory(process, "status", "VmRSS:");
            pss += withPss ? memory(process, "smaps_rollup", "Pss:") : 0;
            sampleThreads(process, title);
        }
        peakRssKb = Math.max(peakRssKb, rss);
        peakPssKb = Math.max(peakPssKb, pss);
    }

    private void sampleThreads(long process, String title) throws IOException {
        try (var tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(process), "task"))) {
            for (Path task : tasks) {
                String stat = read(task.resolve("stat"));
                int nameEnd = stat == null ? -1 : stat.lastIndexOf(')');
                if (stat == null || nameEnd < 0) {
                    continue;
                }
                String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
                long thread = Long.parseLong(task.getFileName().toString());
                String comm = stat.substring(stat.indexOf('(') + 1, nameEnd);
                long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                threads.put(thread, new Seen(thread, process, title, comm, ticks * MICROS_PER_TICK));
            }
        } catch (NoSuchFileException e) {
            // It has just ended.
        }
    }

    private Set<Long> processes() throws IOException {
        var children = new HashMap<Long, List<Long>>();
        var found = new HashSet<Long>();
        var toVisit = new ArrayList<Long>();
        toVisit.add(root);
        long own = ProcessHandle.current().pid();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path each : all) {
                long pid = Long.parseLong(each.getFileName().toString());
                String stat = read(each.resolve("stat"));
                if (stat == null || pid == own) {
                    continue;
                }
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                children.computeIfAbsent(Long.parseLong(fields[1]), p -> new ArrayList<>())
                        .add(pid);
                if (title(pid).contains(dataFolder)) {
                    toVisit.add(pid);
                }
            }
        }
        while (!toVisit.isEmpty()) {
            long pid = toVisit.remove(toVisit.size() - 1);
            if (found.add(pid)) {
                toVisit.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return found;
    }

    private static String title(long process) throws IOException {
        String text = read(Path.of("/proc", Long.toString(process), "cmdline"));
        return text == null ? "" : text.replace('\0', ' ').strip();
    }

    private static long memory(long process, String file, String field) throws IOException {
        String text = read(Path.of("/proc", Long.toString(process), file));
        if (text == null) {
            return 0;
        }
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private static @Nullable String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            // «No such process»: it has ended between opening and reading, or it belongs to another user.
            return null;
        }
    }
}
