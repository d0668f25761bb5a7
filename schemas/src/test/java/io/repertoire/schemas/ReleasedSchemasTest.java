package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.testing.SchemaEvolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schema that was ever released is kept in {@code src/test/resources/released/<subject>/<version>.avsc}, nested records
 * inlined, as the registry holds it. At a release,
 * {@code mvn -pl schemas test -Dtest=ReleasedSchemasTest -Dreleased.update=true} adds those that changed as a new version.
 * Never edit or delete a released file.
 *
 * <p>Before the first release, {@code -Dreleased.replace=true} writes the last version anew instead.
 */
class ReleasedSchemasTest {

    private static final Path RELEASED = Path.of("src", "test", "resources", "released");

    static Stream<Topic<?>> topics() {
        return Topics.AVRO.stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void the_schema_follows_every_released_one_by_its_topics_rule(Topic<?> topic) throws IOException {
        var released = released(topic);
        var latest = released.isEmpty() ? null : released.get(released.size() - 1);
        if (!topic.schema().equals(latest)) {
            if (Boolean.getBoolean("released.replace") && latest != null) {
                write(topic, released.size());
                released = released(topic);
            } else if (Boolean.getBoolean("released.update") || Boolean.getBoolean("released.replace")) {
                write(topic, released.size() + 1);
                released = released(topic);
            }
        }
        assertThat(released).as("released versions of " + topic.subject()).isNotEmpty();
        assertThat(SchemaEvolution.faults(topic, released))
                .as("what breaks those who read or write the released schema (how to go on: this class's Javadoc)")
                .isEmpty();
    }

    @Test
    void every_released_subject_is_still_in_the_catalogue() throws IOException {
        try (var folders = Files.list(RELEASED)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Topics.AVRO.stream().map(Topic::subject).toList());
        }
    }

    @Test
    void a_required_field_that_older_data_lacks_is_a_fault() {
        var older = without(Topics.COMMAND_RESULTS.schema(), "version");
        assertThat(SchemaEvolution.faults(Topics.COMMAND_RESULTS, List.of(Topics.COMMAND_RESULTS.schema(), older)))
                .singleElement()
                .asString()
                .contains("customers.command-results.v1-value", "BACKWARD_TRANSITIVE", "version 2");
    }

    @Test
    void a_field_that_older_readers_need_may_be_dropped_only_where_the_rule_is_backward() {
        assertThat(SchemaEvolution.faults(Topics.COMMAND_RESULTS, List.of(with(Topics.COMMAND_RESULTS.schema()))))
                .isEmpty();
        assertThat(SchemaEvolution.faults(Topics.DIRECTORY, List.of(with(Topics.DIRECTORY.schema()))))
                .hasSize(1);
    }

    private static Schema without(Schema schema, String name) {
        return copy(
                schema,
                schema.getFields().stream()
                        .filter(field -> !field.name().equals(name))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
    }

    private static Schema with(Schema schema) {
        var fields = new ArrayList<Schema.Field>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("once_required", Schema.create(Schema.Type.STRING)));
        return copy(schema, fields);
    }

    private static Schema copy(Schema schema, List<Schema.Field> fields) {
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static List<Schema> released(Topic<?> topic) throws IOException {
        var folder = RELEASED.resolve(topic.subject());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var schemas = new ArrayList<Schema>();
            for (var file : files.sorted(Comparator.comparingInt(ReleasedSchemasTest::version))
                    .toList()) {
                schemas.add(new Schema.Parser().parse(Files.readString(file)));
            }
            return schemas;
        }
    }

    private static int version(Path file) {
        return Integer.parseInt(file.getFileName().toString().replace(".avsc", ""));
    }

    private static void write(Topic<?> topic, int version) throws IOException {
        var file = RELEASED.resolve(topic.subject()).resolve(version + ".avsc");
        Files.createDirectories(file.getParent());
        Files.writeString(file, SchemaFormatter.format("json/pretty", topic.schema()) + "\n");
    }
}
