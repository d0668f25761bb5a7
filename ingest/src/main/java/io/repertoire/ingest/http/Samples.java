package io.repertoire.ingest.http;

import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.ProgressState;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import java.time.Instant;

/** The smallest records that can be encoded: encoding one finds out whether the registry answers. They go nowhere. */
final class Samples {
    private Samples() {}

    static CustomerSubmission submission(Instant now) {
        return CustomerSubmission.newBuilder()
                .setDirectoryId("main")
                .setRecordId("probe/0")
                .setSourceSystem("probe")
                .setObservedAt(now)
                .setReceivedAt(now)
                .build();
    }

    static SaleEvent sale(Instant now) {
        return SaleEvent.newBuilder()
                .setDirectoryId("main")
                .setEventId("0")
                .setSaleId("0")
                .setSourceSystem("probe")
                .setOperation(SaleOperation.RECORD)
                .setReceivedAt(now)
                .setOccurredAt(now)
                .build();
    }

    static CustomerCommand command(Instant now) {
        return CustomerCommand.newBuilder()
                .setCommandId("0")
                .setDirectoryId("main")
                .setType(CommandType.UNKNOWN)
                .setActor("probe")
                .setIssuedAt(now)
                .build();
    }

    static IngestProgress progress(Instant now) {
        return IngestProgress.newBuilder()
                .setDirectoryId("main")
                .setSha256("0")
                .setImportId("")
                .setState(ProgressState.SENDING)
                .setRowsSent(0)
                .setLastLine(0)
                .setUpdatedAt(now)
                .build();
    }
}
