package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One claimed file, as {@code claim.properties} beside it remembers it: all that is needed to go on after a crash.
 *
 * @param folder the claim's own folder in {@code processing/}
 * @param fileName of the file in that folder, the user's
 * @param claimedAt receipt time of all its rows
 * @param modifiedAt the file's modification time when it was claimed
 */
record Claim(
        Path folder,
        String directoryId,
        String importId,
        String sha256,
        String fileName,
        Instant claimedAt,
        Instant modifiedAt,
        Properties given,
        ImportOptions options) {

    private static final String OPTION = "option.";

    Path file() {
        return folder.resolve(fileName);
    }

    /** Under which its progress is kept: a dry run's apart, so that it is no import of the content. */
    String progressKey() {
        return progressKey(sha256, options.dryRun());
    }

    static String progressKey(String sha256, boolean dryRun) {
        return dryRun ? sha256 + ".dry-run" : sha256;
    }

    @Nullable
    String ticket() {
        return options.ticket();
    }

    Claim in(Path newFolder, String newImportId) {
        return new Claim(newFolder, directoryId, newImportId, sha256, fileName, claimedAt, modifiedAt, given, options);
    }

    void save() throws IOException {
        var all = new Properties();
        all.setProperty("directory", directoryId);
        all.setProperty("import.id", importId);
        all.setProperty("sha256", sha256);
        all.setProperty("file", fileName);
        all.setProperty("claimed.at", claimedAt.toString());
        all.setProperty("modified.at", modifiedAt.toString());
        given.forEach((name, value) -> all.setProperty(OPTION + name, (String) value));
        var text = new StringWriter();
        all.store(text, null);
        DataFolders.replace(folder.resolve(DataFolders.CLAIM), text.toString());
    }

    /** Null if the folder holds no complete claim. */
    static @Nullable Claim load(Path folder) throws IOException {
        Path file = folder.resolve(DataFolders.CLAIM);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        Properties all = read(file);
        var given = new Properties();
        for (String name : all.stringPropertyNames()) {
            if (name.startsWith(OPTION)) {
                given.setProperty(name.substring(OPTION.length()), all.getProperty(name));
            }
        }
        String importId = all.getProperty("import.id");
        String directory = all.getProperty("directory");
        String sha256 = all.getProperty("sha256");
        String name = all.getProperty("file");
        String claimed = all.getProperty("claimed.at");
        String modified = all.getProperty("modified.at");
        if (importId == null
                || directory == null
                || sha256 == null
                || name == null
                || claimed == null
                || modified == null) {
            return null;
        }
        return new Claim(
                folder,
                directory,
                importId,
                sha256,
                name,
                Instant.parse(claimed),
                Instant.parse(modified),
                given,
                ImportOptions.of(given));
    }

    /** UTF-8, or Latin-1 as Java's own tools write it. */
    static Properties read(Path file) throws IOException {
        try {
            return read(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return read(file, StandardCharsets.ISO_8859_1);
        }
    }

    private static Properties read(Path file, Charset charset) throws IOException {
        var all = new Properties();
        try (Reader reader = Files.newBufferedReader(file, charset)) {
            all.load(reader);
        } catch (IllegalArgumentException e) {
            throw new MalformedOptionsException(file, e);
        }
        return all;
    }
}
