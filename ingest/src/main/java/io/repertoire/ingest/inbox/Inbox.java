package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Keys;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds the files in the inbox that are complete (RULES P49): those with a ticket beside them, which were renamed into place,
 * those with a {@code .ok} file, and those whose size and time have not changed for a while. {@code inbox/} is the directory
 * {@code main}, {@code inbox/NAME/} is NAME. Used by one thread.
 */
final class Inbox {

    static final String OK = ".ok";

    private static final String FOLDER_OPTIONS = "import.properties";
    private static final int MOST_COMPLAINTS = 20;

    private final Path inbox;
    private final Duration stableFor;
    private final LongSupplier nanos;
    private Map<Path, Seen> seen = new HashMap<>();
    private List<String> complaints = new ArrayList<>();

    /** A file as it was when it last changed, and since when. */
    private record Seen(long size, long modified, long sinceNanos) {}

    /** @param nanos a clock that only moves forward */
    Inbox(Path inbox, Duration stableFor, LongSupplier nanos) {
        this.inbox = inbox;
        this.stableFor = stableFor;
        this.nanos = nanos;
    }

    /** Complete files, by directory and name. */
    List<Drop> scan() throws IOException {
        Map<Path, Seen> now = new HashMap<>();
        complaints = new ArrayList<>();
        List<Drop> drops = new ArrayList<>();
        scan(DataFolders.MAIN, inbox, now, drops);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(inbox, Files::isDirectory)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (Files.isSymbolicLink(folder) || !Keys.isDirectoryId(name)) {
                    complaints.add("The folder inbox/" + name + " is not looked at: its name cannot be a directory's.");
                } else {
                    scanOneOf(name, folder, now, drops);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        seen = now;
        drops.sort((a, b) -> a.file().compareTo(b.file()));
        return drops;
    }

    /** What somebody should look at, found by the last scan. */
    List<String> complaints() {
        if (complaints.size() <= MOST_COMPLAINTS) {
            return complaints;
        }
        List<String> first = new ArrayList<>(complaints.subList(0, MOST_COMPLAINTS));
        first.add("And " + (complaints.size() - MOST_COMPLAINTS) + " more.");
        return first;
    }

    /** A folder that cannot be read keeps no other one waiting. */
    private void scanOneOf(String directory, Path folder, Map<Path, Seen> now, List<Drop> drops) {
        try {
            scan(directory, folder, now, drops);
        } catch (NoSuchFileException goneAgain) {
            // Then there is nothing to say of it.
        } catch (IOException e) {
            complaints.add("The folder inbox/" + directory + " cannot be read: " + DirectoryWorker.reason(e) + '.');
        }
    }

    private void scan(String directory, Path folder, Map<Path, Seen> now, List<Drop> drops) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!isTemporary(file.getFileName().toString())) {
                    look(directory, file, now, drops);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void look(String directory, Path file, Map<Path, Seen> now, List<Drop> drops) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            complaints.add("inbox: " + file.getFileName() + " is a link, and links are not followed.");
            return;
        }
        if (!attributes.isRegularFile()) {
            // A folder in the inbox itself is a directory's.
            if (!attributes.isDirectory()) {
                complaints.add("inbox: " + file.getFileName() + " is no ordinary file and is left alone.");
            } else if (!directory.equals(DataFolders.MAIN)) {
                complaints.add("inbox/" + directory + ": " + file.getFileName()
                        + " is a folder; only the files beside it are taken.");
            }
            return;
        }
        if (!Files.isReadable(file)) {
            complaints.add("inbox: " + file.getFileName() + " cannot be read.");
            return;
        }
        var state = new Seen(attributes.size(), attributes.lastModifiedTime().toMillis(), nanos.getAsLong());
        Seen before = seen.get(file);
        if (before != null && before.size == state.size && before.modified == state.modified) {
            state = before;
        }
        now.put(file, state);
        boolean rested = nanos.getAsLong() - state.sinceNanos >= stableFor.toNanos();
        if (rested || Files.exists(beside(file, OK)) || isTicketed(file)) {
            drops.add(new Drop(directory, file));
        }
    }

    /** Who writes a ticket renames the file into place after it, so the file is whole. */
    private static boolean isTicketed(Path file) {
        Path sidecar = Sidecar.of(file);
        try {
            String ticket = Files.exists(sidecar) ? Claim.read(sidecar).getProperty(Sidecar.TICKET) : null;
            return ticket != null && file.getFileName().toString().startsWith(ticket + ".");
        } catch (IOException e) {
            return false;
        }
    }

    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    static Path folderOptions(Path file) {
        return file.resolveSibling(FOLDER_OPTIONS);
    }

    private static boolean isTemporary(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".")
                || lower.startsWith("~$")
                || lower.endsWith("~")
                || lower.endsWith(".tmp")
                || lower.endsWith(".part")
                || lower.endsWith(".partial")
                || lower.endsWith(".filepart")
                || lower.endsWith(".crdownload")
                || lower.endsWith(".download")
                || lower.endsWith(".swp")
                || lower.endsWith(OK)
                || lower.endsWith(Sidecar.SUFFIX)
                || lower.equals(FOLDER_OPTIONS)
                || lower.equals("thumbs.db")
                || lower.equals("desktop.ini");
    }
}
