package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestSchemaRegistryTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredString("a").endRecord();

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;
    private SchemaRegistry registry;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        registry = SchemaRegistry.open(config());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void it_registers_under_a_base_address_with_a_path() throws IOException {
        answer("POST /apis/ccompat/v7/subjects/a.b.v1-value/versions", 200, "{\"id\":7}");
        assertThat(registry.register("a.b.v1-value", SCHEMA)).isEqualTo(7);
        assertThat(requests).containsExactly("POST /apis/ccompat/v7/subjects/a.b.v1-value/versions");
        var sent = json.readTree(bodies.get(0));
        assertThat(new Schema.Parser().parse(sent.get("schema").asText())).isEqualTo(SCHEMA);
        assertThat(sent.has("references")).isFalse();
    }

    @Test
    void it_looks_up_without_registering() {
        answer("POST /apis/ccompat/v7/subjects/s", 200, "{\"subject\":\"s\",\"id\":9,\"version\":1,\"schema\":\"\"}");
        assertThat(registry.lookUp("s", SCHEMA)).isEqualTo(9);
        answer("POST /apis/ccompat/v7/subjects/s", 404, "{\"error_code\":40403,\"message\":\"none\"}");
        assertThatThrownBy(() -> registry.lookUp("s", SCHEMA)).isInstanceOf(SchemaRefusedException.class);
        answer("POST /apis/ccompat/v7/subjects/s", 404, "{\"error_code\":40401,\"message\":\"none\"}");
        assertThatThrownBy(() -> registry.lookUp("s", SCHEMA)).isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void it_sets_the_compatibility_rule_in_the_registrys_spelling() throws IOException {
        answer("PUT /apis/ccompat/v7/config/s", 200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        registry.requireCompatibility("s", Topic.Compatibility.FULL_TRANSITIVE);
        assertThat(json.readTree(bodies.get(0)).get("compatibility").asText()).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void a_schema_comes_back_by_its_id() {
        answer("GET /apis/ccompat/v7/schemas/ids/3", 200, schemaAnswer(SCHEMA.toString()));
        assertThat(registry.byId(3)).isEqualTo(SCHEMA);
    }

    @Test
    void only_the_registrys_own_not_found_makes_a_record_undecodable() {
        answer("GET /apis/ccompat/v7/schemas/ids/3", 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        assertThatThrownBy(() -> registry.byId(3))
                .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                        .isEqualTo(UndecodableException.UNKNOWN_SCHEMA));
        for (var other : List.of(
                new Answer(404, "<html>nginx</html>"),
                new Answer(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"),
                new Answer(401, "{\"error_code\":401}"),
                new Answer(403, ""),
                new Answer(429, ""),
                new Answer(500, "{\"error_code\":50001}"),
                new Answer(502, "<html>bad gateway</html>"),
                new Answer(200, "<html>a login page</html>"),
                new Answer(200, "{}"))) {
            answer("GET /apis/ccompat/v7/schemas/ids/3", other.status(), other.body());
            assertThatThrownBy(() -> registry.byId(3))
                    .as(other.toString())
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void a_schema_of_another_kind_or_with_references_is_none_of_ours() {
        for (var body : List.of(
                "{\"schema\":\"syntax = proto3\",\"schemaType\":\"PROTOBUF\"}",
                schemaAnswer("{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":\"other.B\"}]}"),
                schemaAnswer("not avro"))) {
            answer("GET /apis/ccompat/v7/schemas/ids/3", 200, body);
            assertThatThrownBy(() -> registry.byId(3))
                    .as(body)
                    .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                            .isEqualTo(UndecodableException.UNKNOWN_SCHEMA));
        }
    }

    @Test
    void an_incompatible_schema_is_refused_and_says_why() {
        answer(
                "POST /apis/ccompat/v7/subjects/s/versions",
                409,
                "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING_DEFAULT_VALUE\"}");
        answer("POST /apis/ccompat/v7/subjects/s", 404, "{\"error_code\":40403,\"message\":\"\"}");
        assertThatThrownBy(() -> registry.register("s", SCHEMA))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void a_conflict_with_who_registered_the_same_in_the_same_instant_is_no_refusal() {
        answer("POST /apis/ccompat/v7/subjects/s/versions", 409, "{\"error_code\":409,\"message\":\"exists\"}");
        answer("POST /apis/ccompat/v7/subjects/s", 200, "{\"subject\":\"s\",\"id\":9,\"version\":1}");
        assertThat(registry.register("s", SCHEMA)).isEqualTo(9);
    }

    @Test
    void nobody_listening_and_no_answer_in_time_are_unavailable() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var nobody = SchemaRegistry.open(WireConfig.of("http://127.0.0.1:" + closed));
        assertThatThrownBy(() -> nobody.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        try (var silent = new ServerSocket(0)) {
            var slow = SchemaRegistry.open(
                    WireConfig.of("http://127.0.0.1:" + silent.getLocalPort()).withTimeout(Duration.ofMillis(200)));
            assertThatThrownBy(() -> slow.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void basic_authentication_is_sent_when_configured() {
        answer("GET /apis/ccompat/v7/schemas/ids/3", 200, schemaAnswer(SCHEMA.toString()));
        SchemaRegistry.open(config().withBasicAuth("me", "p:ä")).byId(3);
        assertThat(authorizations).containsExactly("Basic bWU6cDrDpA==");
        assertThat(config().withBasicAuth("me", "secret").toString()).doesNotContain("secret");
    }

    @Test
    void versions_are_listed_oldest_first_and_none_for_an_unknown_subject() {
        answer("GET /apis/ccompat/v7/subjects/s/versions", 200, "[1,3]");
        answer("GET /apis/ccompat/v7/subjects/s/versions/1", 200, schemaAnswer("\"string\""));
        answer("GET /apis/ccompat/v7/subjects/s/versions/3", 200, schemaAnswer(SCHEMA.toString()));
        assertThat(registry.versions("s")).containsExactly(Schema.create(Schema.Type.STRING), SCHEMA);
        answer("GET /apis/ccompat/v7/subjects/t/versions", 404, "{\"error_code\":40401,\"message\":\"none\"}");
        assertThat(registry.versions("t")).isEmpty();
    }

    @Test
    void an_id_is_asked_for_once() {
        var subject = Topics.COMMAND_RESULTS.subject();
        answer("POST /apis/ccompat/v7/subjects/" + subject + "/versions", 200, "{\"id\":5}");
        answer(
                "GET /apis/ccompat/v7/schemas/ids/5",
                200,
                schemaAnswer(Topics.COMMAND_RESULTS.schema().toString()));
        var wire = Wire.open(config());
        var record = new io.repertoire.schemas.testing.RandomRecords(1).next(CommandResult.class);
        for (int i = 0; i < 3; i++) {
            var bytes = wire.serializer(Topics.COMMAND_RESULTS).serialize("", record);
            assertThat(wire.deserializer(Topics.COMMAND_RESULTS).deserialize("", bytes))
                    .isEqualTo(record);
        }
        assertThat(requests).hasSize(2);
    }

    private WireConfig config() {
        return WireConfig.of("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7/")
                .withTimeout(Duration.ofSeconds(5));
    }

    private void answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
    }

    private String schemaAnswer(String schema) {
        return json.createObjectNode().put("schema", schema).toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            authorizations.add(authorization);
        }
        var answer = answers.getOrDefault(request, new Answer(500, "not foreseen"));
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
