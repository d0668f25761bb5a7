package io.repertoire.streams;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;
import org.rocksdb.RocksMemEnv;

/** Production's stores, but for where their files are: in memory. Created by Kafka Streams. */
public final class UnwrittenRocksDb implements RocksDBConfigSetter {

    /** Configuration key of the {@link RocksMemEnv}, which whoever made it closes after the stores. */
    static final String FILES = "repertoire.test.rocksdb.files";

    private final BoundedRocksDb production = new BoundedRocksDb();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        production.setConfig(storeName, options, configs);
        options.setEnv((RocksMemEnv) Objects.requireNonNull(configs.get(FILES)));
    }

    @Override
    public void close(String storeName, Options options) {
        production.close(storeName, options);
    }
}
