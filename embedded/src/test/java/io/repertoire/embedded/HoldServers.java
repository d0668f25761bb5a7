package io.repertoire.embedded;

import java.nio.file.Path;

/** A process that runs the servers of a folder until it is killed. */
final class HoldServers {

    private HoldServers() {}

    public static void main(String[] args) throws InterruptedException {
        try (var servers =
                new EmbeddedServers(EmbeddedConfig.in(Path.of(args[0])).withPrograms(Path.of(args[1])))) {
            servers.start();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
