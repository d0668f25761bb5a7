package io.repertoire.ingest.inbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of receipts. Thread-safe as long as one ticket is written by one thread at a time. */
public final class Receipts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    public Receipts(DataFolders folders) {
        this.folder = folders.receipts();
    }

    /** Does nothing without a ticket. */
    void write(@Nullable String ticket, Receipt receipt) throws IOException {
        if (ticket != null) {
            DataFolders.replace(
                    file(ticket), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(receipt));
        }
    }

    /** Null while there is none, or without a ticket. */
    public @Nullable Receipt read(@Nullable String ticket) throws IOException {
        return ticket == null || !Files.exists(file(ticket))
                ? null
                : JSON.readValue(Files.readString(file(ticket)), Receipt.class);
    }

    private Path file(String ticket) {
        return folder.resolve(ticket + ".json");
    }
}
