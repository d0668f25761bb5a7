package io.repertoire.ingest.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/**
 * The layouts that are shipped and those of a folder of the user's, read again when that folder changes, so that a layout that is
 * added counts from the next file on. Thread-safe.
 */
public final class LayoutLibrary {

    /** In the data folder. */
    public static final String FOLDER = "layouts";

    private final Path folder;
    private volatile Held held;

    private record Held(String seen, Layouts layouts) {}

    /** Reads nothing yet. */
    public LayoutLibrary(Path dataFolder) {
        this.folder = dataFolder.resolve(FOLDER);
        this.held = new Held("", new Layouts());
    }

    public Layouts current() {
        String seen = seen();
        Held now = held;
        if (!now.seen.equals(seen)) {
            now = new Held(seen, Layouts.with(folder));
            held = now;
        }
        return now.layouts;
    }

    /** Names, sizes and times of the files: another text when one of them changes; empty if there are none. */
    private String seen() {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        var all = new TreeSet<String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                all.add(file.getFileName() + "/" + state(file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No folder to read: reading it will say so.
            all.add("?");
        }
        return String.join("\n", all);
    }

    /** One that is gone, or is a link to nowhere as editors leave them, hides no change of another. */
    private static String state(Path file) {
        try {
            return Files.size(file) + "/" + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return "?";
        }
    }
}
