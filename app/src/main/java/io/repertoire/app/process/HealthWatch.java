package io.repertoire.app.process;

import io.repertoire.app.http.HealthReport;
import io.repertoire.schemas.Health;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says on the terminal when a component waits, fails, or is well again; nothing while all is well. */
final class HealthWatch {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final HealthReport report;
    private final Terminal terminal;
    private final Map<String, Health> said = new HashMap<>();

    HealthWatch(HealthReport report, Terminal terminal) {
        this.report = report;
        this.terminal = terminal;
    }

    /** Until the process is asked to stop. */
    void watch(Shutdown shutdown) {
        while (!shutdown.await(EVERY)) {
            look();
        }
    }

    void look() {
        report.check().forEach((name, health) -> {
            boolean trouble = health.state() == Health.State.WAITING
                    || health.state() == Health.State.FAILED
                    || health.state() == Health.State.DEGRADED;
            Health before = said.get(name);
            if (trouble && !health.equals(before)) {
                terminal.say(name + ": " + health.state().name().toLowerCase(Locale.ROOT)
                        + (health.detail().isEmpty() ? "" : ", " + health.detail()));
                said.put(name, health);
            } else if (health.state() == Health.State.UP && before != null) {
                terminal.say(name + ": well again");
                said.remove(name);
            }
        });
    }
}
