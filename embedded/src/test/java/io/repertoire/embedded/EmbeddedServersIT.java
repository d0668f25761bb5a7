package io.repertoire.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {

    @TempDir
    Path data;

    @Test
    void what_was_stored_is_there_again_after_a_restart_at_the_same_addresses() throws Exception {
        ServerAddresses before;
        try (var servers = new EmbeddedServers(EmbeddedConfig.in(data))) {
            before = servers.start();
            System.out.println(before);
            System.out.println(servers.check());
            try (var admin = Admin.create(Map.of("bootstrap.servers", before.kafkaBootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", 4, (short) 1)))
                        .all()
                        .get(10, TimeUnit.SECONDS);
            }
        }
    }
}
