package io.repertoire.app.importing;

import io.repertoire.app.process.DataFolder;
import io.repertoire.ingest.inbox.DataFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of rejected rows that ingest wrote on this data folder. */
public final class RejectsFolder {

    private final Path folder;

    public RejectsFolder(DataFolder data) {
        this.folder = new DataFolders(data.root()).rejects();
    }

    /** Empty if no row was rejected, or another machine has the file. */
    public Optional<Path> file(String importId) throws IOException {
        Path ofImport = folder.resolve(importId);
        if (!Files.isDirectory(ofImport)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(ofImport)) {
            return files.filter(file -> file.toString().endsWith(".rejects.csv"))
                    .findFirst();
        }
    }
}
