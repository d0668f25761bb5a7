package io.repertoire.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.app.config.ConfigurationLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    @TempDir
    Path folder;

    @Test
    void every_default_is_valid_and_every_key_is_there_once() {
        assertThat(Settings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
        for (Setting<?> setting : Settings.ALL) {
            assertThat(setting.parser().parse(setting.defaultValue()))
                    .as(setting.key())
                    .isNotNull();
            assertThat(setting.doc()).as(setting.key()).endsWith(".");
        }
        for (Setting<?> setting : Settings.OF_A_DIRECTORY) {
            assertThat(setting.parser().parse(setting.defaultValue()))
                    .as(setting.key())
                    .isNotNull();
        }
    }

    @Test
    void a_file_wins_over_the_default_the_environment_over_the_file_and_a_flag_over_all() throws IOException {
        file("http.port=1000\nstreams.threads=2\ntopics.partitions=3\n");

        Configuration configuration = valid(
                Map.of("REPERTOIRE_STREAMS_THREADS", "4", "REPERTOIRE_TOPICS_PARTITIONS", "5"),
                Map.of("topics.partitions", "6"));

        assertThat(configuration.get(Settings.HTTP_HOST)).isEqualTo("127.0.0.1");
        assertThat(configuration.get(Settings.HTTP_PORT)).isEqualTo(1000);
        assertThat(configuration.get(Settings.STREAMS_THREADS)).isEqualTo(4);
        assertThat(configuration.get(Settings.TOPICS_PARTITIONS)).isEqualTo(6);
        assertThat(configuration.entries())
                .contains(
                        new Configuration.Entry("http.host", "127.0.0.1", "default"),
                        new Configuration.Entry("http.port", "1000", "file repertoire.properties"),
                        new Configuration.Entry("streams.threads", "4", "environment REPERTOIRE_STREAMS_THREADS"),
                        new Configuration.Entry("topics.partitions", "6", "flag"));
    }

    @Test
    void a_file_named_by_a_flag_is_read_instead_of_the_folders_own() throws IOException {
        file("http.port=1000\n");
        Files.writeString(folder.resolve("mine.properties"), "streams.threads=2\n");

        Loaded loaded = ConfigurationLoader.load(folder, Path.of("mine.properties"), Map.of(), Map.of());

        Configuration configuration = ((Loaded.Valid) loaded).configuration();
        assertThat(configuration.get(Settings.HTTP_PORT)).isEqualTo(8480);
        assertThat(configuration.get(Settings.STREAMS_THREADS)).isEqualTo(2);
    }

    @Test
    void every_problem_is_reported_and_names_where_it_was_said() throws IOException {
        file("http.port=99999\nhttp.prot=1\njdbc.url=mysql://x\n");

        List<String> problems =
                problems(Map.of("REPERTOIRE_SERDE_PROVIDER", "other"), Map.of("directory.Main.api.keys", "short"));

        assertThat(problems)
                .hasSize(5)
                .anyMatch(p -> p.contains("http.port (file repertoire.properties) must be a whole number"))
                .anyMatch(p -> p.contains("Unknown setting http.prot"))
                .anyMatch(p -> p.contains("jdbc.url") && p.contains("jdbc:postgresql:"))
                .anyMatch(p -> p.contains("serde.provider (environment REPERTOIRE_SERDE_PROVIDER)"))
                .anyMatch(p -> p.contains("directory.Main.api.keys"));
    }

    @Test
    void a_secret_is_never_shown_neither_when_valid_nor_when_wrong() throws IOException {
        file("""
                jdbc.password=hunter2hunter2
                jdbc.url=jdbc:postgresql://db/x?user=u&password=hunter2hunter2
                schema.registry.url=https://me:hunter2hunter2@registry
                kafka.sasl.jaas.config=x password="hunter2hunter2";
                kafka.ssl.key.password=hunter2hunter2
                directory.main.api.keys=hunter2hunter2hunter2
                """);

        Configuration configuration = valid(Map.of(), Map.of());

        assertThat(configuration.entries().toString()).doesNotContain("hunter2").contains("********");
        assertThat(configuration.get(Settings.JDBC_PASSWORD)).isEqualTo("hunter2hunter2");
        assertThat(problems(Map.of("REPERTOIRE_DIRECTORY_MAIN_API_KEYS", "tooshort"), Map.of())
                        .toString())
                .doesNotContain("tooshort")
                .contains("16 characters");
    }

    @Test
    void kafkas_own_settings_pass_through_by_prefix() throws IOException {
        file("""
                kafka.bootstrap.servers=a:9092,b:9092
                kafka.security.protocol=SSL
                kafka.producer.linger.ms=5
                kafka.consumer.fetch.min.bytes=1
                kafka.streams.num.standby.replicas=1
                """);

        Configuration configuration = valid(Map.of("REPERTOIRE_KAFKA_PRODUCER_BATCH_SIZE", "1"), Map.of());

        assertThat(configuration.kafka()).isEqualTo(Map.of("security.protocol", "SSL"));
        assertThat(configuration.kafkaProducer()).isEqualTo(Map.of("linger.ms", "5", "batch.size", "1"));
        assertThat(configuration.kafkaConsumer()).isEqualTo(Map.of("fetch.min.bytes", "1"));
        assertThat(configuration.kafkaStreams()).isEqualTo(Map.of("num.standby.replicas", "1"));
        assertThat(configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS)).isTrue();
    }

    @Test
    void directories_are_main_and_those_that_something_is_said_about() throws IOException {
        file("directory.north.default.region=fr\ndirectory.a.b_c.own.emails=@Shop.example\n");

        Configuration configuration = valid(
                Map.of("REPERTOIRE_DIRECTORY_A_B_C_MAX_EMAILS", "9", "REPERTOIRE_DIRECTORY_EAST_MAX_PHONES", "2"),
                Map.of());

        assertThat(configuration.directories()).containsExactly("a.b_c", "east", "main", "north");
        assertThat(configuration.get("north", Settings.DEFAULT_REGION)).isEqualTo("FR");
        assertThat(configuration.get("main", Settings.DEFAULT_REGION)).isEqualTo("CA");
        assertThat(configuration.get("a.b_c", Settings.MAX_EMAILS)).isEqualTo(9);
        assertThat(configuration.get("a.b_c", Settings.OWN_EMAILS)).isEqualTo(Set.of("@shop.example"));
    }

    @Test
    void a_foreign_variable_of_our_prefix_is_a_warning_and_not_a_problem() {
        Configuration configuration = valid(Map.of("REPERTOIRE_PORT", "tcp://10.0.0.1:80", "HOME", "/"), Map.of());

        assertThat(configuration.warnings()).singleElement().asString().contains("REPERTOIRE_PORT");
    }

    @Test
    void the_reference_page_is_current() throws IOException {
        Path page = Path.of("..", "docs", "configuration.md");

        if (Boolean.getBoolean("repertoire.docs.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, ConfigurationReference.markdown());
        }

        assertThat(page)
                .as("run this test with -Drepertoire.docs.write=true to write it")
                .hasContent(ConfigurationReference.markdown());
    }

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve(ConfigurationLoader.FILE_NAME), text);
    }

    private Configuration valid(Map<String, String> environment, Map<String, String> flags) {
        Loaded loaded = ConfigurationLoader.load(folder, null, environment, flags);
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
        return ((Loaded.Valid) loaded).configuration();
    }

    private List<String> problems(Map<String, String> environment, Map<String, String> flags) {
        Loaded loaded = ConfigurationLoader.load(folder, null, environment, flags);
        assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
        return ((Loaded.Invalid) loaded).problems();
    }
}
