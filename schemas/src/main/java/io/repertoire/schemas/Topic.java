package io.repertoire.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic with the one record type it carries. Values of this type are the only place a topic's name is written; see
 * {@link Topics}.
 *
 * @param spec how it is created
 * @param type the generated class of its values
 * @param schema the schema of its values, as registered under {@link #subject()}
 * @param compatibility what a newer schema must be able to do
 * @param <T> the value's class
 */
public record Topic<T extends SpecificRecord>(
        TopicSpec spec, Class<T> type, Schema schema, Compatibility compatibility) {

    /** Registry compatibility rules, spelled as the registry spells them. */
    public enum Compatibility {
        FULL_TRANSITIVE,
        BACKWARD_TRANSITIVE
    }

    public String name() {
        return spec.name();
    }

    /** TopicNameStrategy: {@code <topic>-value}. */
    public String subject() {
        return spec.name() + "-value";
    }

    @Override
    public String toString() {
        return spec.name();
    }
}
