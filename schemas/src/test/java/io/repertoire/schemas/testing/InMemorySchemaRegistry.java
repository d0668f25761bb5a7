package io.repertoire.schemas.testing;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.SchemaRefusedException;
import io.repertoire.schemas.SchemaRegistry;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.UndecodableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry of this process: ids count up from 1 in the order of registration. It can be told to be away. */
public final class InMemorySchemaRegistry implements SchemaRegistry {

    private final List<Schema> byId = new ArrayList<>();
    private final Map<String, Map<Schema, Integer>> subjects = new HashMap<>();
    private boolean away;

    /** While {@code true}, every call fails as a registry that does not answer. */
    public synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        ask();
        return subjects.computeIfAbsent(subject, s -> new LinkedHashMap<>()).computeIfAbsent(schema, s -> {
            int known = byId.indexOf(s);
            if (known < 0) {
                byId.add(s);
                known = byId.size() - 1;
            }
            return known + 1;
        });
    }

    @Override
    public synchronized int lookUp(String subject, Schema schema) {
        ask();
        Integer id = subjects.getOrDefault(subject, Map.of()).get(schema);
        if (id == null) {
            throw new SchemaRefusedException(subject + " does not hold this schema");
        }
        return id;
    }

    @Override
    public synchronized void requireCompatibility(String subject, Topic.Compatibility compatibility) {
        ask();
    }

    @Override
    public synchronized List<Schema> versions(String subject) {
        ask();
        return List.copyOf(subjects.getOrDefault(subject, Map.of()).keySet());
    }

    @Override
    public synchronized Schema byId(int id) {
        ask();
        if (id < 1 || id > byId.size()) {
            throw new UndecodableException(UndecodableException.UNKNOWN_SCHEMA, "no schema with id " + id);
        }
        return byId.get(id - 1);
    }

    @Override
    public void close() {}

    private void ask() {
        if (away) {
            throw new RegistryUnavailableException("the registry of this test is away");
        }
    }
}
