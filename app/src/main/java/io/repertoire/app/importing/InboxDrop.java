package io.repertoire.app.importing;

import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.ingest.inbox.DataFolders;
import io.repertoire.ingest.inbox.Receipt;
import io.repertoire.ingest.inbox.Receipts;
import io.repertoire.ingest.inbox.Sidecar;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A copy of a user's file in the inbox, and the receipt that ingest writes for it. */
final class InboxDrop {

    private static final int BUFFER = 1 << 16;
    private static final String TICKET = "import-";
    private static final Duration HALF_COPY_KEPT = Duration.ofDays(1);

    private final Receipts receipts;
    private final String ticket;
    private final Path dropped;
    private final Copied copied;

    private InboxDrop(Receipts receipts, String ticket, Path dropped, Copied copied) {
        this.receipts = receipts;
        this.ticket = ticket;
        this.dropped = dropped;
        this.copied = copied;
    }

    /** What was seen of the content on the way. */
    private record Copied(long lines, String sha256) {}

    /**
     * Copies the file, its modification time with it, and renames the copy into place: ingest sees it whole or not at all.
     *
     * @param ticket names the copy and the receipt; sorts in the order wanted
     * @param waiter shown while somebody waits for what becomes of it
     */
    static InboxDrop of(DataFolder data, Path file, String ticket, String waiter, ImportOptions options)
            throws IOException {
        var folders = new DataFolders(data.root());
        Path inbox = folders.inbox(options.directory());
        Files.createDirectories(inbox);
        // Ingest ignores names that begin with a dot.
        Path half = inbox.resolve("." + ticket + ".tmp");
        Path dropped = inbox.resolve(ticket + ".csv");
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Copied copied = copy(file, half);
            if (!modified.equals(Files.getLastModifiedTime(file))) {
                throw Failure.failed(file.getFileName() + " is still being written: import it once it is whole.");
            }
            Files.setLastModifiedTime(half, modified);
            try (var sidecar = Files.newBufferedWriter(Sidecar.of(dropped), StandardCharsets.UTF_8)) {
                options.sidecar(ticket, waiter, String.valueOf(file.getFileName()))
                        .store(sidecar, null);
            }
            Files.move(half, dropped, StandardCopyOption.ATOMIC_MOVE);
            return new InboxDrop(new Receipts(folders), ticket, dropped, copied);
        } catch (IOException | Failure e) {
            // Half a copy would keep a full disk full.
            Files.deleteIfExists(half);
            Files.deleteIfExists(Sidecar.of(dropped));
            throw e;
        }
    }

    /**
     * Takes away half copies that imports left which were killed a day ago or more.
     *
     * @param inbox of one directory
     */
    static void tidy(Path inbox, Instant now) throws IOException {
        if (!Files.isDirectory(inbox)) {
            return;
        }
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(inbox, "." + TICKET + "*.tmp")) {
            for (Path half : halves) {
                // Its own time becomes that of the user's file; the ticket says when it was begun.
                String begun = half.getFileName().toString().replaceFirst("^\\." + TICKET + "(\\d{1,18})-.*$", "$1");
                if (begun.matches("\\d+")
                        && Instant.ofEpochMilli(Long.parseLong(begun))
                                .plus(HALF_COPY_KEPT)
                                .isBefore(now)) {
                    Files.deleteIfExists(half);
                }
            }
        }
    }

    /** Names whoever waits for the copies. */
    static String waiter(Instant begun, long process) {
        return TICKET + begun.toEpochMilli() + '-' + process;
    }

    /** Names a copy and its receipt; sorts in the order wanted. */
    static String ticket(Instant begun, long process, int file) {
        return waiter(begun, process) + '-' + String.format(Locale.ROOT, "%04d", file);
    }

    private static Copied copy(Path from, Path to) throws IOException {
        long lines = 0;
        MessageDigest digest = sha256Digest();
        var buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return new Copied(lines, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Of the content, hex. */
    String sha256() {
        return copied.sha256();
    }

    /** Physical lines, the header's included: about one more than there are rows. */
    long lines() {
        return copied.lines();
    }

    /** True until ingest has taken it. */
    boolean waiting() {
        return Files.exists(dropped);
    }

    /** Takes the file back if ingest has not taken it yet. */
    void withdraw() {
        try {
            if (Files.deleteIfExists(dropped)) {
                Files.deleteIfExists(Sidecar.of(dropped));
            }
        } catch (IOException taken) {
            // Then it is ingest's.
        }
    }

    /** What ingest says of it so far. */
    Optional<Receipt> receipt() throws IOException {
        return Optional.ofNullable(receipts.read(ticket));
    }
}
