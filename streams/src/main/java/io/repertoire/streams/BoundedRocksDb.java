package io.repertoire.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/** Gives every store its share of one {@link RocksMemory}, which travels in the configuration. Created by Kafka Streams. */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** Configuration key of the {@link RocksMemory}. */
    static final String MEMORY = "repertoire.rocksdb.memory";

    private static final long MEMTABLE_BYTES = 16L << 20;
    private static final int BLOCK_BYTES = 4 << 10;
    private static final double BLOOM_BITS = 10;
    private static final double MEMTABLE_BLOOM_SHARE = 0.05;

    private final BloomFilter filter = new BloomFilter(BLOOM_BITS, false);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var memory = (RocksMemory) Objects.requireNonNull(configs.get(MEMORY));
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setBlockSize(BLOCK_BYTES);
        // Most look-ups are of keys that are not there: is this email known?
        table.setFilterPolicy(filter);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(memory.memtables());
        options.setWriteBufferSize(MEMTABLE_BYTES);
        // The same filter for what is still in memory.
        options.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE);
        options.setMemtableWholeKeyFiltering(true);
        // Deleted values leave the files after this time, whether or not anything else is written.
        options.setPeriodicCompactionSeconds(compactionSeconds(configs));
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    private static long compactionSeconds(Map<String, Object> configs) {
        Object lag = configs.get(KafkaProperties.COMPACTION_LAG);
        return lag == null ? Duration.ofDays(1).toSeconds() : Math.max(1, Long.parseLong(lag.toString()) / 1000);
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }
}
