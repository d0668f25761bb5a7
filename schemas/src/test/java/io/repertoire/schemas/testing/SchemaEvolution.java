package io.repertoire.schemas.testing;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.SchemaRegistry;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** Checks a newer schema against earlier ones by a topic's {@link Topic.Compatibility}, without a registry. */
public final class SchemaEvolution {

    /**
     * How one topic's schema stands in a registry.
     *
     * @param subject where it is looked for
     * @param registered whether the registry holds exactly the schema in use here
     * @param versions how many versions it holds
     * @param faults why it cannot be registered there; empty if it is, or can be
     */
    public record Standing(String subject, boolean registered, int versions, List<String> faults) {}

    private SchemaEvolution() {}

    /**
     * Compares the whole catalogue with a registry and changes nothing there.
     *
     * @throws RegistryUnavailableException if it cannot be asked right now
     */
    public static List<Standing> compare(SchemaRegistry registry) {
        var standings = new ArrayList<Standing>();
        for (Topic<?> topic : Topics.AVRO) {
            var versions = registry.versions(topic.subject());
            standings.add(new Standing(
                    topic.subject(), versions.contains(topic.schema()), versions.size(), faults(topic, versions)));
        }
        return standings;
    }

    /**
     * What is wrong with the schema in use here, given those it follows: for people, one line each; empty if nothing is.
     *
     * @param earlier every released or registered version, oldest first
     */
    public static List<String> faults(Topic<?> topic, List<Schema> earlier) {
        var faults = new ArrayList<String>();
        for (int i = 0; i < earlier.size(); i++) {
            var before = earlier.get(i);
            // Newest first is what Avro's validators expect; one at a time, so that the message can say which.
            try {
                validator(topic.compatibility()).validate(topic.schema(), List.of(before));
            } catch (SchemaValidationException e) {
                faults.add(topic.subject() + " is not " + topic.compatibility() + " with version " + (i + 1) + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        return faults;
    }

    private static SchemaValidator validator(Topic.Compatibility compatibility) {
        var builder = new SchemaValidatorBuilder();
        return switch (compatibility) {
            case BACKWARD_TRANSITIVE -> builder.canReadStrategy().validateAll();
            case FULL_TRANSITIVE -> builder.mutualReadStrategy().validateAll();
        };
    }
}
