package io.repertoire.bench;

import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How safe the data was while it was measured, asked of the running servers; a figure without this says nothing. What the clients
 * use is fixed in the product: ingest and streams acknowledge on all replicas and are exactly-once, the sink's sessions do not
 * wait for the disk since offsets and rows are lost or kept together.
 */
final class Durability {

    private static final List<String> POSTGRES =
            List.of("fsync", "full_page_writes", "synchronous_commit", "wal_level");
    private static final List<String> BROKER = List.of("log.flush.interval.ms", "min.insync.replicas");

    private Durability() {}

    /** Empty values where a server could not be asked. */
    static Map<String, String> of(Path dataFolder) {
        var found = new LinkedHashMap<String, String>();
        found.put("producers.acks", "all");
        found.put("streams.processing.guarantee", "exactly_once_v2");
        found.put("sink.session.synchronous_commit", "off");
        EmbeddedServers.running(dataFolder).ifPresent(servers -> {
            askPostgres(servers.jdbc(), found);
            askBroker(servers.kafkaBootstrapServers(), found);
        });
        return found;
    }

    private static void askPostgres(JdbcAddress jdbc, Map<String, String> found) {
        try (var connection = DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
                var statement = connection.createStatement()) {
            for (String setting : POSTGRES) {
                try (var rows = statement.executeQuery("SHOW " + setting)) {
                    rows.next();
                    found.put("postgres." + setting, rows.getString(1));
                }
            }
        } catch (SQLException e) {
            found.put("postgres", "could not be asked: " + e.getSQLState());
        }
    }

    private static void askBroker(String bootstrapServers, Map<String, String> found) {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var config = admin.describeConfigs(List.of(broker))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .get(broker);
            for (String setting : BROKER) {
                var entry = config == null ? null : config.get(setting);
                found.put("broker." + setting, entry == null || entry.value() == null ? "unset" : entry.value());
            }
        } catch (ExecutionException | TimeoutException e) {
            found.put("broker", "could not be asked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
