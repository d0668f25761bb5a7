package io.repertoire.schemas;

import java.util.List;
import org.apache.avro.Schema;

/**
 * What the wire format needs of a schema registry. Safe for use by many threads. Every method throws {@link
 * RegistryUnavailableException} when the registry cannot be asked right now.
 */
public interface SchemaRegistry extends AutoCloseable {

    /** The registry of this configuration, by its REST API. Connects to nothing yet. */
    static SchemaRegistry open(WireConfig config) {
        return new RestSchemaRegistry(config);
    }

    /**
     * Registers a schema under a subject, or finds it there.
     *
     * @return its id, unique in this registry, never reused
     * @throws SchemaRefusedException if the subject's compatibility rule forbids it
     */
    int register(String subject, Schema schema);

    /**
     * Finds a schema under a subject.
     *
     * @throws SchemaRefusedException if it is not registered there
     */
    int lookUp(String subject, Schema schema);

    /** Sets what a newer schema of the subject must be able to do. */
    void requireCompatibility(String subject, Topic.Compatibility compatibility);

    /** Every version that a subject holds, oldest first; empty if the registry does not know the subject. */
    List<Schema> versions(String subject);

    /**
     * The schema an id stands for.
     *
     * @throws UndecodableException {@link UndecodableException#UNKNOWN_SCHEMA} if the registry answers that there is none
     */
    Schema byId(int id);

    @Override
    void close();
}
