package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir
    Path folder;

    @Test
    void a_port_that_somebody_else_has_taken_is_replaced_and_one_that_our_own_leftover_holds_stays()
            throws IOException {
        Path file = folder.resolve("ports.properties");
        var first = new Ports(file);
        int port = first.get("postgres");
        first.save();
        try (var holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(holder.isBound()).isTrue();
            assertThat(new Ports(file).get("postgres", true)).isEqualTo(port);
            assertThat(new Ports(file).get("postgres")).isNotEqualTo(port);
        }
        assertThat(new Ports(file).get("postgres")).isEqualTo(port);
    }
}
