package io.repertoire.ingest.http;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;

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
}
