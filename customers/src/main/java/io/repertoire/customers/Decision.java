package io.repertoire.customers;

import java.util.List;

/**
 * What one input does: first every change to the state, then every output, in this order. Holds at most one change per key.
 */
public record Decision(List<StateChange<?>> changes, List<Output<?>> outputs) {
    public Decision {
        changes = List.copyOf(changes);
        outputs = List.copyOf(outputs);
    }

    public static Decision nothing() {
        return new Decision(List.of(), List.of());
    }
}
