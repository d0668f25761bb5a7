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
        int parameters = shared.url().indexOf('?');
        var plain = parameters < 0 ? shared.url() : shared.url().substring(0, parameters);
        return new JdbcAddress(plain.substring(0, plain.lastIndexOf('/') + 1) + name, shared.user(), shared.password());
    }
}
