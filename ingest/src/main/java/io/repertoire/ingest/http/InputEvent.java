package io.repertoire.ingest.http;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.SaleEvent;
import org.jspecify.annotations.Nullable;

/** An event ready for its input topic. */
sealed interface InputEvent {

    /** The record's key. */
    String directoryId();

    String sourceSystem();

    /** {@code system/event id}: the same again is the same event. */
    String recordId();

    /** For {@code customers.submissions.v1}. */
    record Customer(CustomerSubmission value) implements InputEvent {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public String sourceSystem() {
            return value.getSourceSystem();
        }

        @Override
        public String recordId() {
            return value.getRecordId();
        }
    }

    /** For {@code sales.events.v1}. */
    record Sale(SaleEvent value) implements InputEvent {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public String sourceSystem() {
            return value.getSourceSystem();
        }

        @Override
        public String recordId() {
            return value.getSourceSystem() + '/' + value.getEventId();
        }
    }

    /** For {@code customers.commands.v1}. */
    record Command(CustomerCommand value) implements InputEvent {
        @Override
        public String directoryId() {
            return value.getDirectoryId();
        }

        @Override
        public String sourceSystem() {
            return value.getActor();
        }

        @Override
        public String recordId() {
            return value.getCommandId();
        }
    }

    /**
     * For {@code ingest.progress.v1}: what is still to be fetched from a vendor, until it was.
     *
     * @param key unique in the directory
     * @param value {@code null} once it was fetched
     */
    record Fetch(
            String directoryId,
            String key,
            String sourceSystem,
            @Nullable IngestProgress value) implements InputEvent {
        @Override
        public String recordId() {
            return key;
        }
    }
}
