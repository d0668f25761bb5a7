package io.repertoire.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one data folder's servers, all on the loopback interface. A port once given is kept in a file and given again,
 * so that clients survive a restart; only if somebody else has taken it in the meantime another is found.
 *
 * <p>New ports lie below the range that systems give to outgoing connections, where a port that is free now may not be so when
 * the server binds it.
 */
final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private final Path file;
    private final Properties known = new Properties();
    private final Set<Integer> given = new HashSet<>();

    Ports(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                known.load(in);
            }
        }
    }

    /** The port of this name; free a moment ago. */
    synchronized int get(String name) {
        return get(name, false);
    }

    /**
     * The port of this name.
     *
     * @param ours whoever holds it is our own and about to be stopped: the address stays, and those who use it find their server
     *     again
     */
    synchronized int get(String name, boolean ours) {
        int port = parsed(known.getProperty(name));
        if (port == 0 || given.contains(port) || !(ours || isFree(port))) {
            port = another();
        }
        given.add(port);
        known.setProperty(name, Integer.toString(port));
        return port;
    }

    /** Keeps the ports given so far. */
    synchronized void save() throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (var out = Files.newOutputStream(temporary)) {
            known.store(out, null);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private int another() {
        var random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (!given.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedServerException("No free port found between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As servers bind: a connection of the one before that is still winding down is no hindrance.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int parsed(@Nullable String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,4}")) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : 0;
    }
}
