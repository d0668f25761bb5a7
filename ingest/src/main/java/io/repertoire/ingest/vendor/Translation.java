package io.repertoire.ingest.vendor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a vendor's message comes to. */
public sealed interface Translation {

    /**
     * @param events in the order in which they must be sent
     * @param at when the vendor says that it wrote the message
     */
    record Events(List<VendorEvent> events, @Nullable Instant at) implements Translation {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Nothing that concerns customers or sales: taken, and nothing done. */
    record Ignored(String reason) implements Translation {}

    /** Nothing that a program can do: taken, and written to the log for a person. */
    record Noticed(String words) implements Translation {}

    /** The vendor shows its code, to be typed in by the merchant. */
    record Verification(String code) implements Translation {}

    /**
     * Not a message of this vendor's.
     *
     * @param detail without values of the caller's
     */
    record Refused(String detail) implements Translation {}
}
