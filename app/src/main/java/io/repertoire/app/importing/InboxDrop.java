package io.repertoire.app.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy of a user's file in the inbox, and the receipt that ingest writes for it. */
final class InboxDrop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 16;

    private final Path receipt;
    private final Path dropped;
    private final Copied copied;

    private InboxDrop(Path receipt, Path dropped, Copied copied) {
        this.receipt = receipt;
        this.dropped = dropped;
        this.copied = copied;
    }

    /** What was seen of the content on the way. */
    private record Copied(long lines, String sha256) {}

    /** How far ingest is; see {@link Receipt#state}. */
    record Receipt(
            String state,
            @Nullable String importId,
            @Nullable String sha256,
            @Nullable String layout,
            @Nullable String encoding,
            @Nullable String delimiter,
            @Nullable String duplicateOf,
            @Nullable String refusedCode,
            @Nullable String refusedMessage,
            @Nullable String rejectsFile) {

        /** The content was imported before. */
        boolean duplicate() {
            return state.equals("DUPLICATE");
        }

        boolean refused() {
            return state.equals("REFUSED");
        }

        /** Ingest has nothing more to do with the file itself. */
        boolean settled() {
            return duplicate() || refused() || state.equals("SENT");
        }
    }

    /**
     * Copies the file, its modification time with it, and renames the copy into place: ingest sees it whole or not at all.
     *
     * @param ticket names the copy and the receipt; sorts in the order wanted
     */
    static InboxDrop of(DataFolder data, Path file, String ticket, ImportOptions options) throws IOException {
        Path inbox = data.root().resolve("inbox");
        if (!options.directory().equals(Configuration.MAIN)) {
            inbox = inbox.resolve(options.directory());
        }
        Files.createDirectories(inbox);
        // Ingest ignores names that begin with a dot.
        Path half = inbox.resolve("." + ticket + ".tmp");
        Path dropped = inbox.resolve(ticket + ".csv");
        Copied copied = copy(file, half);
        Files.setLastModifiedTime(half, Files.getLastModifiedTime(file));
        try (var sidecar = Files.newBufferedWriter(
                inbox.resolve(dropped.getFileName() + ".import.properties"), StandardCharsets.UTF_8)) {
            options.sidecar(ticket, String.valueOf(file.getFileName())).store(sidecar, null);
        }
        Files.move(half, dropped, StandardCopyOption.ATOMIC_MOVE);
        return new InboxDrop(data.root().resolve("receipts").resolve(ticket + ".json"), dropped, copied);
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
                Files.deleteIfExists(dropped.resolveSibling(dropped.getFileName() + ".import.properties"));
            }
        } catch (IOException taken) {
            // Then it is ingest's.
        }
    }

    Optional<Receipt> receipt() throws IOException {
        if (!Files.exists(receipt)) {
            return Optional.empty();
        }
        JsonNode node = JSON.readTree(Files.readString(receipt));
        JsonNode refused = node.path("refused");
        return Optional.of(new Receipt(
                node.path("state").asText(),
                node.path("importId").textValue(),
                node.path("sha256").textValue(),
                node.path("layout").textValue(),
                node.path("encoding").textValue(),
                node.path("delimiter").textValue(),
                node.path("duplicateOf").textValue(),
                refused.path("code").textValue(),
                refused.path("message").textValue(),
                node.path("rejectsFile").textValue()));
    }
}
