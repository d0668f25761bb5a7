package io.repertoire.bench;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a run used.
 *
 * @param cpuMicros CPU time by part, of all processes of the tree
 * @param unsortedMicros the dearest threads under {@link Part#OTHER}, by name
 */
record Usage(long peakRssKb, long peakPssKb, Map<Part, Long> cpuMicros, Map<String, Long> unsortedMicros) {

    static Usage of(ProcessTree tree, ThreadNames names) {
        var cpu = new EnumMap<Part, Long>(Part.class);
        var unsorted = new java.util.TreeMap<String, Long>();
        for (ProcessTree.Seen seen : tree.threads()) {
            String name = names.of(seen.thread(), seen.comm());
            Part part = Part.of(seen.processTitle(), seen.comm(), name);
            cpu.merge(part, seen.micros(), Long::sum);
            if (part == Part.OTHER && seen.micros() > 0) {
                unsorted.merge(name.replaceAll("[0-9]+", "N"), seen.micros(), Long::sum);
            }
        }
        return new Usage(tree.peakRssKb(), tree.peakPssKb(), cpu, unsorted);
    }

    long totalCpuMicros() {
        return cpuMicros.values().stream().mapToLong(Long::longValue).sum();
    }
}
