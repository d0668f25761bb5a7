package io.repertoire.ingest.inbox;

import io.repertoire.ingest.csv.FileProbe;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes files out of the inbox and moves them on, each step a rename within one file system, so that a crash between any two
 * leaves something {@link #recover} understands:
 *
 * <ol>
 *   <li>{@code processing/.new-…/} is made and remembers where the file comes from;
 *   <li>the file, then its sidecar, move into it, under names of our own: a name that Java cannot write as text (bytes of another
 *       encoding) could not be found again from what the first step remembers;
 *   <li>the file is hashed, {@code claim.properties} written, the folder renamed to {@code processing/<import_id>};
 *   <li>after the last commit that folder is renamed to {@code done/<import_id>} or {@code refused/<import_id>}.
 * </ol>
 *
 * Thread-safe.
 */
final class Claims {

    private static final String NEW = ".new-";
    private static final String ORIGIN = "origin.properties";
    private static final String TAKEN = "taken.file";
    private static final String DUPLICATE_NOTE = "duplicate.txt";
    private static final String PROPERTIES = ".properties";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DataFolders folders;
    private final Clock clock;

    Claims(DataFolders folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
    }

    /** Null if the file went away in the meantime. */
    synchronized @Nullable Claim claim(Drop drop) throws IOException {
        Path folder = Files.createTempDirectory(folders.processing(), NEW);
        var origin = new Properties();
        origin.setProperty("directory", drop.directoryId());
        origin.setProperty("inbox.file", folders.inbox().relativize(drop.file()).toString());
        origin.setProperty("claimed.at", clock.instant().toString());
        var text = new StringWriter();
        origin.store(text, null);
        DataFolders.replace(folder.resolve(ORIGIN), text.toString());
        try {
            Files.move(drop.file(), folder.resolve(TAKEN), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            deleteBegun(folder);
            return null;
        }
        return complete(folder);
    }

    /**
     * What a crash or an orderly stop left: every file that was claimed and is not finished, oldest first.
     *
     * @param stuck told of every one that cannot be gone on with now
     */
    synchronized List<Claim> recover(Consumer<IOException> stuck) throws IOException {
        List<Claim> claims = recoverHalf(stuck);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folders.processing(), Files::isDirectory)) {
            for (Path folder : all) {
                Claim claim = Claim.load(folder);
                if (claim != null && claims.stream().noneMatch(c -> c.importId().equals(claim.importId()))) {
                    claims.add(claim);
                }
            }
        }
        claims.sort((a, b) -> a.importId().compareTo(b.importId()));
        return claims;
    }

    /**
     * Files whose claiming was begun and failed half-way.
     *
     * @param stuck told of every one that fails again; it keeps no other waiting
     */
    synchronized List<Claim> recoverHalf(Consumer<IOException> stuck) throws IOException {
        List<Claim> claims = new ArrayList<>();
        try (DirectoryStream<Path> begun = Files.newDirectoryStream(folders.processing(), NEW + "*")) {
            for (Path folder : begun) {
                try {
                    Claim claim = complete(folder);
                    if (claim != null) {
                        claims.add(claim);
                    }
                } catch (IOException e) {
                    stuck.accept(e);
                }
            }
        }
        return claims;
    }

    private @Nullable Claim complete(Path folder) throws IOException {
        Path originFile = folder.resolve(ORIGIN);
        if (!Files.exists(originFile)) {
            // Nothing is moved in before this file is written: at most its half-written copy is there.
            deleteBegun(folder);
            return null;
        }
        Properties origin = Claim.read(originFile);
        Path dropped = folders.inbox().resolve(origin.getProperty("inbox.file"));
        Path file = folder.resolve(TAKEN);
        Claim saved = Claim.load(folder);
        if (saved != null) {
            return named(saved, file);
        }
        if (!Files.exists(file)) {
            deleteBegun(folder);
            return null;
        }
        Path sidecar = Sidecar.of(dropped);
        Path moved = Sidecar.of(folder.resolve(TAKEN));
        if (Files.exists(sidecar)) {
            Files.move(sidecar, moved, StandardCopyOption.ATOMIC_MOVE);
        }
        Path ok = Inbox.beside(dropped, Inbox.OK);
        if (Files.exists(ok)) {
            // Not of a name so long that there can be none beside it: asked to delete it, the system would complain.
            Files.deleteIfExists(ok);
        }
        Properties given = given(dropped, moved);
        Instant claimedAt = Instant.parse(origin.getProperty("claimed.at"));
        Instant modifiedAt = Files.getLastModifiedTime(file).toInstant();
        ImportOptions options = ImportOptions.of(given);
        String sha256 = identity(file, options.sheet());
        String fileName = fileName(options.fileName(), dropped.getFileName().toString());
        String importId = newImportId(claimedAt, sha256);
        var claim = new Claim(
                folder,
                origin.getProperty("directory"),
                importId,
                sha256,
                fileName,
                claimedAt.truncatedTo(ChronoUnit.MILLIS),
                modifiedAt.truncatedTo(ChronoUnit.MILLIS),
                given,
                options);
        claim.save();
        return named(claim, file);
    }

    /** The last two steps of claiming: the file gets the name the user knows, the folder that of the import. */
    private Claim named(Claim claim, Path file) throws IOException {
        if (!file.equals(claim.file()) && Files.exists(file)) {
            Files.move(file, claim.file(), StandardCopyOption.ATOMIC_MOVE);
        }
        return rename(claim, claim.importId());
    }

    /** Another sheet of the same workbook is other content, with rows of its own. */
    private static String identity(Path file, @Nullable String sheet) throws IOException {
        String content = FileProbe.of(file).sha256();
        if (sheet == null) {
            return content;
        }
        try {
            byte[] both = (content + '/' + sheet).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Properties given(Path dropped, Path sidecar) throws IOException {
        var given = new Properties();
        Path shared = Inbox.folderOptions(dropped);
        if (Files.isRegularFile(shared)) {
            given.putAll(options(shared));
            // A ticket is of one file.
            given.remove(Sidecar.TICKET);
            given.remove(Sidecar.WAITER);
            given.remove(Sidecar.FILE_NAME);
        }
        if (Files.isRegularFile(sidecar)) {
            given.putAll(options(sidecar));
        }
        return given;
    }

    /** Options that are no properties file refuse the file they are for, and keep no other one waiting. */
    private static Properties options(Path file) throws IOException {
        try {
            return Claim.read(file);
        } catch (MalformedOptionsException e) {
            var broken = new Properties();
            broken.setProperty(Sidecar.BROKEN, "true");
            return broken;
        }
    }

    private static String fileName(@Nullable String asked, String dropped) {
        if (asked == null) {
            return besideOurs(printable(dropped));
        }
        String last = asked.substring(Math.max(asked.lastIndexOf('/'), asked.lastIndexOf('\\')) + 1);
        boolean usable = !last.isEmpty() && !last.startsWith(".") && last.length() <= 120;
        return besideOurs(printable(usable ? last : dropped));
    }

    /** The file lies beside what we write about it ourselves, and must not take the place of that. Never longer than it was. */
    private static String besideOurs(String name) {
        boolean ours = name.endsWith(PROPERTIES)
                || name.equals(DueRejects.WRITTEN)
                || name.equals(Cancellations.NOTE)
                || name.equals(DUPLICATE_NOTE);
        return ours ? name.substring(0, name.lastIndexOf('.')) + ".csv" : name;
    }

    /** Line ends and escape sequences would upset every table and terminal the name is shown in. */
    private static String printable(String name) {
        var text = new StringBuilder(name);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '_');
            }
        }
        return text.toString();
    }

    private String newImportId(Instant at, String sha256) {
        String base = TIME.format(at) + "-" + sha256.substring(0, 6);
        String id = base;
        for (int n = 2; folders.isTaken(id); n++) {
            id = base + "-" + n;
        }
        return id;
    }

    /** Under another import id, that of an import of the same content that was cut off and whose own folder is gone. */
    synchronized Claim adopt(Claim claim, String importId) throws IOException {
        if (folders.isTaken(importId)) {
            return claim;
        }
        claim.in(claim.folder(), importId).save();
        return rename(claim, importId);
    }

    /** One that is done is to be sent once more, as an import of its own. */
    synchronized Claim again(Claim claim) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var again = new Claim(
                claim.folder(),
                claim.directoryId(),
                newImportId(now, claim.sha256()),
                claim.sha256(),
                claim.fileName(),
                now,
                claim.modifiedAt(),
                claim.given(),
                claim.options());
        again.save();
        return rename(again, again.importId());
    }

    private Claim rename(Claim claim, String importId) throws IOException {
        Path target = folders.processing().resolve(importId);
        Files.move(claim.folder(), target, StandardCopyOption.ATOMIC_MOVE);
        return claim.in(target, importId);
    }

    synchronized Claim done(Claim claim) throws IOException {
        return finish(claim, folders.done());
    }

    synchronized Claim refused(Claim claim) throws IOException {
        return finish(claim, folders.refused());
    }

    /**
     * The same content is in {@code done/} already: a copy that a command made goes, a file that a person dropped is kept, with a note.
     *
     * @param completed the import of that content
     */
    synchronized void duplicate(Claim claim, String completed) throws IOException {
        if (claim.ticket() == null) {
            if (Files.exists(claim.folder())) {
                DataFolders.replace(
                        claim.folder().resolve(DUPLICATE_NOTE),
                        "The content of this file was imported before, as import " + completed
                                + ". Nothing was imported again, whatever options were given now.\n\"repertoire import --force\", or"
                                + " force=true beside it, imports it again.\n");
            }
            finish(claim, folders.refused());
        } else {
            deleteFolder(claim.folder());
        }
    }

    /** A copy that a command made and nobody wants any more. */
    synchronized void drop(Claim claim) throws IOException {
        deleteFolder(claim.folder());
    }

    private static Claim finish(Claim claim, Path where) throws IOException {
        Path target = where.resolve(claim.importId());
        if (Files.exists(claim.folder()) || !Files.exists(target)) {
            // Else it was put away before, and telling of it failed.
            Files.move(claim.folder(), target, StandardCopyOption.ATOMIC_MOVE);
        }
        return claim.in(target, claim.importId());
    }

    /** A claim that holds no file yet. Should it hold anything else after all, that stays, and the folder with it. */
    private static void deleteBegun(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(ORIGIN));
        Files.deleteIfExists(folder.resolve('.' + ORIGIN + ".tmp"));
        Files.delete(folder);
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
