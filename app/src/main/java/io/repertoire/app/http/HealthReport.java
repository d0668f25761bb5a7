package io.repertoire.app.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.schemas.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How every component of this process is, and why. Thread-safe. */
public final class HealthReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Supplier<Health>> components = new ConcurrentHashMap<>();

    /** @param check cheap; from any thread */
    public void add(String component, Supplier<Health> check) {
        components.put(component, check);
    }

    /** By name. */
    public Map<String, Health> check() {
        var states = new LinkedHashMap<String, Health>();
        components.keySet().stream().sorted().forEach(name -> {
            Supplier<Health> component = components.get(name);
            if (component != null) {
                states.put(name, component.get());
            }
        });
        return states;
    }

    /** True if everything here can be given work. */
    public boolean ready() {
        return check().values().stream().allMatch(Health::ready);
    }

    /** False only when something is broken that waiting does not mend: restart the process. */
    public boolean live() {
        return check().values().stream().noneMatch(health -> health.state() == Health.State.FAILED);
    }

    String json(boolean good) {
        ObjectNode node = JSON.createObjectNode();
        node.put("status", good ? "UP" : "DOWN");
        ObjectNode all = node.putObject("components");
        check().forEach((name, health) -> {
            ObjectNode one = all.putObject(name).put("state", health.state().name());
            if (!health.detail().isEmpty()) {
                one.put("detail", health.detail());
            }
        });
        return node.toString();
    }
}
