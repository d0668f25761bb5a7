package io.repertoire.streams;

import io.repertoire.customers.StateTable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A task's stores, in memory, which outlive the processor that uses them: what a process leaves to the next one. */
final class KeptStores {

    private final List<KeyValueStore<Bytes, byte[]>> stores;

    KeptStores() {
        var first = new MockProcessorContext<Object, byte[]>();
        stores = DirectoryTopology.STORES.stream()
                .map(name -> Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                        .withLoggingDisabled()
                        .withCachingDisabled()
                        .build())
                .collect(Collectors.toList());
        stores.forEach(store -> store.init(first.getStateStoreContext(), store));
    }

    /** Of one more process. */
    MockProcessorContext<Object, byte[]> context() {
        var context = new MockProcessorContext<Object, byte[]>();
        stores.forEach(context::addStateStore);
        return context;
    }

    KeyValueStore<Bytes, byte[]> of(StateTable<?> table) {
        return stores.stream()
                .filter(store -> store.name().equals(table.name()))
                .findFirst()
                .orElseThrow();
    }
}
