package io.repertoire.streams;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory of every store of one stage together: RocksDB's own defaults are 98 MB for each store and partition. What
 * was not written yet is charged to the same cache, so its capacity bounds both. Close it after the last store.
 */
final class RocksMemory implements AutoCloseable {

    private static final int SHARD_BITS = -1;
    private static final double INDEX_SHARE = 0.2;

    private final Cache cache;
    private final WriteBufferManager memtables;

    RocksMemory(long cacheBytes, long memtableBytes) {
        RocksDB.loadLibrary();
        this.cache = new LRUCache(cacheBytes + memtableBytes, SHARD_BITS, false, INDEX_SHARE);
        this.memtables = new WriteBufferManager(memtableBytes, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager memtables() {
        return memtables;
    }

    @Override
    public void close() {
        memtables.close();
        cache.close();
    }
}
