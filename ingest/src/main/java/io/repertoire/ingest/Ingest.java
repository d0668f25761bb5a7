package io.repertoire.ingest;

import io.repertoire.customers.SubmissionCheck;
import io.repertoire.ingest.inbox.FileIngest;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import java.time.Clock;

/**
 * The file side of ingest as a stage: watches {@code inbox/} and publishes what is dropped there, exactly once. It returns from
 * {@link #start} at once, servers there or not.
 */
public final class Ingest implements Stage {

    private final FileIngest files;

    /**
     * @param wire not closed with this
     * @param check for files that are to be imported as a whole or not at all
     */
    public Ingest(IngestConfig config, Wire wire, SubmissionCheck check, Clock clock, IngestMetrics metrics) {
        this.files = new FileIngest(config, wire, check, clock, metrics);
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public void start() {
        files.start();
    }

    @Override
    public Health check() {
        return files.check();
    }

    @Override
    public void close() {
        files.close();
    }
}
