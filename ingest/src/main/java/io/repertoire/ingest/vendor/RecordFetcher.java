package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.ingest.vendor.VendorEvent.Reference;
import java.time.Duration;
import java.util.List;

/** Gets from a vendor what its message only named. */
public interface RecordFetcher {

    /** What came of it. */
    sealed interface Fetched {

        record Found(JsonNode shown) implements Fetched {}

        /** The vendor has no such record any more. */
        record Gone() implements Fetched {}

        /**
         * Not now.
         *
         * @param pause at least so long
         * @param why for the log, without anything of the record's
         */
        record Later(Duration pause, String why) implements Fetched {}
    }

    /** Never throws for what the vendor does; blocks for some seconds at most. */
    Fetched fetch(Reference reference) throws InterruptedException;

    /** What the vendor showed, in our words. */
    List<VendorEvent> read(Reference reference, JsonNode shown);
}
