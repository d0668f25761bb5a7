package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The schema {@code repertoire} and what is in it. Flyway's lock lets any number of processes call {@link #migrate} at once.
 */
public final class Migrations {

    static final String SCHEMA = "repertoire";

    /** Not the consent ledger and the register of erasures: the topics do not go back as far as these must. */
    private static final String TRUNCATE_EVERYTHING = """
            TRUNCATE repertoire.customer, repertoire.import, repertoire.row_outcome, repertoire.customer_change,
                     repertoire.reject, repertoire.review, repertoire.sale, repertoire.command_result,
                     repertoire.directory_version, repertoire.sink_progress""";

    private Migrations() {}

    /**
     * Brings the schema up to this version.
     *
     * @return how many migrations were applied
     * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or was changed by hand
     */
    public static int migrate(DataSource database) {
        return flyway(database).migrate().migrationsExecuted;
    }

    /** True if nothing is left to apply. */
    public static boolean current(DataSource database) {
        return flyway(database).info().pending().length == 0;
    }

    /**
     * Empties the projection and forgets how far it was, in one transaction; sinks read the topics again from their beginning, those
     * that run now included. What the topics no longer hold is lost: row outcomes, rejects and changes older than their retention.
     */
    public static void rebuild(DataSource database) throws SQLException {
        migrate(database);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(TRUNCATE_EVERYTHING);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static Flyway flyway(DataSource database) {
        return configuration(database).load();
    }

    static FluentConfiguration configuration(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .locations("classpath:db/migration")
                .loggers("slf4j");
    }
}
