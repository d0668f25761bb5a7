package io.repertoire.embedded.testing;

import io.repertoire.embedded.JdbcAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates databases beside a given one. */
final class NewDatabases {

    private final JdbcAddress shared;
    private final AtomicInteger count = new AtomicInteger();

    NewDatabases(JdbcAddress shared) {
        this.shared = shared;
    }

    JdbcAddress create() {
        var name = "test_" + count.incrementAndGet();
        try (var connection = DriverManager.getConnection(shared.url(), shared.user(), shared.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create " + name, e);
        }
        return new JdbcAddress(
                shared.url().substring(0, shared.url().lastIndexOf('/') + 1) + name, shared.user(), shared.password());
    }
}
