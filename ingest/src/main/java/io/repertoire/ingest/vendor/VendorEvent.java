package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.ingest.http.EventKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that a vendor's message asks for. */
public sealed interface VendorEvent {

    /** A customer or sale in the canonical JSON of {@code docs/http.md}: read like any other, card numbers and limits included. */
    record Canonical(EventKind kind, ObjectNode json) implements VendorEvent {}

    /**
     * The vendor merged two of its customers.
     *
     * @param commandId the same for the same message
     * @param kept the vendor's id that stays
     * @param absorbed the vendor's id that is gone
     */
    record Merged(String commandId, String system, String kept, String absorbed) implements VendorEvent {}

    /** The vendor deleted or archived a customer: ours is archived, unless someone else tells of it too. */
    record Deleted(String commandId, String system, String sourceCustomerId) implements VendorEvent {}

    /** A person asks the vendor to be forgotten: erased, unless someone else tells of them too; then a person decides. */
    record Redacted(String commandId, String system, String sourceCustomerId) implements VendorEvent {}

    /** A person asks the vendor what is held of them: somebody has to see to it. */
    record DataRequested(String commandId, String system, String sourceCustomerId) implements VendorEvent {}

    /** The vendor says only that something changed. */
    record ToFetch(Reference reference) implements VendorEvent {}

    /**
     * A record at a vendor.
     *
     * @param account the vendor's id of the merchant
     * @param kind the vendor's word for what it is
     * @param at when it changed, where the vendor says so
     */
    record Reference(
            String system,
            String account,
            String kind,
            String id,
            @Nullable Instant at) {

        /** Another for every change: what is fetched for one may be older than the next. */
        public String key() {
            return "fetch." + system + '.'
                    + EventIds.of(account, kind, id, at == null ? "" : Long.toString(at.toEpochMilli()));
        }
    }
}
