package io.repertoire.examples.mailinglist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The list and how far it has read, in one file, written anew and put in its place by one rename: after a crash both are of one
 * moment, so nothing is missed and nothing has to be undone. Tab-separated:
 *
 * <pre>
 * #offset  0                            1234
 * main/cus_k3j…  EMAIL  helene@shop.ca  Hélène  Lévesque
 * </pre>
 */
final class ListFile {

    private static final String OFFSET = "#offset";

    private final Path file;
    private final Map<Integer, Long> offsets = new TreeMap<>();
    private final Map<String, List<String>> lines = new TreeMap<>();

    private ListFile(Path file) {
        this.file = file;
    }

    /** @param notBefore a file that was last written before that is passed over: the list begins anew */
    static ListFile open(Path file, Instant notBefore) throws IOException {
        var list = new ListFile(file);
        if (Files.exists(file) && !Files.getLastModifiedTime(file).toInstant().isBefore(notBefore)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] cells = line.split("\t", -1);
                if (cells[0].equals(OFFSET)) {
                    list.offsets.put(Integer.valueOf(cells[1]), Long.valueOf(cells[2]));
                } else {
                    list.lines
                            .computeIfAbsent(cells[0], key -> new ArrayList<>())
                            .add(line);
                }
            }
        }
        return list;
    }

    /** The next record to read of each partition that was read before. */
    Map<Integer, Long> offsets() {
        return offsets;
    }

    void readUpTo(int partition, long next) {
        offsets.put(partition, next);
    }

    /** What is held of a customer is replaced, whole. */
    void put(String key, List<List<String>> rows) {
        var replaced = new ArrayList<String>(rows.size());
        for (List<String> row : rows) {
            var line = new StringBuilder(key);
            for (String cell : row) {
                line.append('\t').append(cell.replaceAll("[\t\r\n]", " "));
            }
            replaced.add(line.toString());
        }
        lines.put(key, replaced);
    }

    void remove(String key) {
        lines.remove(key);
    }

    void save() throws IOException {
        var all = new ArrayList<String>();
        offsets.forEach((partition, next) -> all.add(OFFSET + '\t' + partition + '\t' + next));
        lines.values().forEach(all::addAll);
        Path half = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(half, all, StandardCharsets.UTF_8);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
