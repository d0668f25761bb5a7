package io.repertoire.sink;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/** Connection pools. None of them needs the database to be there when it is made. */
public final class Databases {

    private Databases() {}

    /** For reading: what {@link DirectoryQueries} and {@link Migrations} are given. Close it when done. */
    public static HikariDataSource pool(DatabaseConfig config, String name, int size) {
        return pool(config, name, size, null);
    }

    /**
     * For the sink. A commit that the server confirms before it is on disk may be lost with the server's crash, but always with all
     * after it and with the offset in it: it is read again.
     */
    static HikariDataSource sinkPool(DatabaseConfig config, int workers) {
        return pool(config, "repertoire-sink", workers + 1, "SET synchronous_commit TO off");
    }

    private static HikariDataSource pool(DatabaseConfig config, String name, int size, @Nullable String initSql) {
        HikariConfig hikari = new HikariConfig();
        hikari.setJdbcUrl(config.url());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setPoolName(name);
        hikari.setMaximumPoolSize(size);
        hikari.setMinimumIdle(0);
        hikari.setAutoCommit(false);
        hikari.setConnectionTimeout(5_000);
        hikari.setInitializationFailTimeout(-1);
        hikari.setConnectionInitSql(initSql);
        hikari.addDataSourceProperty("ApplicationName", name);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("connectTimeout", "5");
        // A server that is gone without a word must not hold a worker for ever.
        hikari.addDataSourceProperty("socketTimeout", "120");
        return new HikariDataSource(hikari);
    }
}
