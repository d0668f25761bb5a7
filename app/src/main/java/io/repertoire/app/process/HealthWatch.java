package io.repertoire.app.process;

import io.repertoire.app.http.HealthReport;
import io.repertoire.schemas.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says on the terminal when a component waits, fails, or is well again; nothing while all is well. */
final class HealthWatch {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** What passes within this time is not worth a line: every start waits a moment for something. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HealthReport report;
    private final Terminal terminal;
    private final Map<String, Trouble> troubles = new HashMap<>();

    /** Since when a component is not well, and what was last said of it; empty: nothing yet. */
    private record Trouble(long sinceNanos, String said) {}

    HealthWatch(HealthReport report, Terminal terminal) {
        this.report = report;
        this.terminal = terminal;
    }

    /**
     * Until the process is asked to stop.
     *
     * @param lost why the process cannot go on
     */
    void watch(Shutdown shutdown, Supplier<Optional<String>> lost) {
        while (!shutdown.await(EVERY)) {
            Optional<String> reason = lost.get();
            if (reason.isPresent()) {
                throw Failure.failed(reason.get());
            }
            look();
        }
    }

    void look() {
        report.check().forEach(this::look);
    }

    private void look(String name, Health health) {
        Trouble before = troubles.get(name);
        switch (health.state()) {
            case UP -> {
                troubles.remove(name);
                if (before != null && !before.said().isEmpty()) {
                    terminal.say(name + ": well again");
                }
            }
            case WAITING, DEGRADED, FAILED -> {
                long since = before == null ? System.nanoTime() : before.sinceNanos();
                boolean due = health.state() == Health.State.FAILED || System.nanoTime() - since >= PATIENCE.toNanos();
                String line = name + ": " + health.state().name().toLowerCase(Locale.ROOT)
                        + (health.detail().isEmpty() ? "" : ", " + health.detail());
                String said = before == null ? "" : before.said();
                if (due && !line.equals(said)) {
                    terminal.say(line);
                    said = line;
                }
                troubles.put(name, new Trouble(since, said));
            }
            case STARTING, CLOSED -> {
                // On its way.
            }
        }
    }
}
