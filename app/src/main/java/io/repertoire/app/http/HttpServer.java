package io.repertoire.app.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.repertoire.app.process.Failure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/live}, {@code /health/ready}, {@code /metrics}, and the routes of the stages. Plain HTTP, meant for this
 * machine unless {@code http.host} says otherwise.
 */
public final class HttpServer implements AutoCloseable {

    private static final int PORTS_TRIED = 100;

    private final String host;
    private final HealthReport health;
    private final Supplier<String> metrics;
    private @Nullable Javalin javalin;

    /** @param metrics in Prometheus' text format */
    public HttpServer(String host, HealthReport health, Supplier<String> metrics) {
        this.host = host;
        this.health = health;
        this.metrics = metrics;
    }

    /**
     * @param port 0: any
     * @param insist false: if the port is taken, the next free one will do
     * @param routes of the stages
     * @return the address
     */
    public String start(int port, boolean insist, Consumer<JavalinConfig> routes) {
        for (int attempt = 0; ; attempt++) {
            int chosen = insist || port == 0 ? port : firstFree(port);
            try {
                return startOn(chosen, routes);
            } catch (RuntimeException notStarted) {
                if (!isTaken(notStarted)) {
                    throw notStarted;
                }
                // Two stages that start at once find the same port free.
                if (insist || attempt == PORTS_TRIED) {
                    throw Failure.failed(
                            "The port " + chosen + " of http.port is used by another program.", notStarted);
                }
            }
        }
    }

    private String startOn(int port, Consumer<JavalinConfig> routes) {
        Javalin started = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.showOldJavalinVersionWarning = false;
                    config.startup.startupWatcherEnabled = false;
                    config.routes.get("/health/live", context -> answer(context, health.live()));
                    config.routes.get("/health/ready", context -> answer(context, health.ready()));
                    config.routes.get(
                            "/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                                    .result(metrics.get()));
                    routes.accept(config);
                })
                .start(host, port);
        javalin = started;
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + started.port();
    }

    private void answer(Context context, boolean good) {
        context.status(good ? 200 : 503).contentType("application/json").result(health.json(good));
    }

    private int firstFree(int port) {
        for (int candidate = port; candidate < Math.min(65_536, port + PORTS_TRIED); candidate++) {
            try (var probe = new ServerSocket(candidate, 1, InetAddress.getByName(host))) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one then.
            }
        }
        return 0;
    }

    private static boolean isTaken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        Javalin running = javalin;
        javalin = null;
        if (running != null) {
            running.stop();
        }
    }
}
