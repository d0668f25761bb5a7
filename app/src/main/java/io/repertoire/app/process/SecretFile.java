package io.repertoire.app.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random secret in a file of its own, readable by its owner only; drawn once, whichever process comes first. */
final class SecretFile {

    private final Path file;
    private final int bytes;

    /** @param bytes of the secret; it is written in hexadecimal */
    SecretFile(Path file, int bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    Path path() {
        return file;
    }

    String read() throws IOException {
        return Files.readString(file).strip();
    }

    /** @return whether this call made it */
    boolean makeIfMissing() throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        var secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        // Written beside it and renamed, so that a kill never leaves an empty key.
        Path half = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(half);
        if (half.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(half);
        }
        Files.writeString(half, HexFormat.of().formatHex(secret) + System.lineSeparator(), StandardCharsets.US_ASCII);
        try {
            Files.createLink(file, half);
        } catch (FileAlreadyExistsException anotherProcess) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            Files.move(half, file);
        } finally {
            Files.deleteIfExists(half);
        }
        return true;
    }
}
