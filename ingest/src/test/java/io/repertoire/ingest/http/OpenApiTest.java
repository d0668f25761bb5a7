package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.schemas.SubmittedCustomer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the program does: the same routes, the same fields, and examples that are taken. */
class OpenApiTest {

    private static final Map<String, String> SINGULARS = Map.of(
            "emails", "email",
            "phones", "phone",
            "addresses", "address",
            "external_ids", "external_id",
            "consents", "consent",
            "groups", "group",
            "tags", "tag");

    private final JsonNode document = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(ApiDocument.bytes());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_route_is_in_it_and_no_other() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        var routes = new TreeSet<>(Webhooks.paths());
        routes.addAll(List.of("/v1/customers", "/v1/sales", "/v1/events", "/v1/openapi.json"));
        assertThat(names(document.path("paths"))).isEqualTo(routes);
    }

    @Test
    void it_is_served_and_every_route_in_it_is_there() {
        try (var api = new ApiUnderTest()) {
            HttpResponse<String> served =
                    api.send(api.request("/v1/openapi.json").GET().build());
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.body())
                    .isEqualTo(new String(ApiDocument.bytes(), java.nio.charset.StandardCharsets.UTF_8));
            document.path("paths").properties().forEach(path -> {
                if (path.getValue().has("post")) {
                    String at = path.getKey().replace("{directory}", "main");
                    HttpResponse<String> answer = api.send(
                            api.request(at).PUT(BodyPublishers.noBody()).build());
                    assertThat(answer.statusCode()).as(at).isEqualTo(405);
                }
            });
        }
    }

    @Test
    void every_example_is_taken() {
        int taken = 0;
        try (var api = new ApiUnderTest()) {
            for (var path : document.path("paths").properties()) {
                JsonNode content = path.getValue().at("/post/requestBody/content");
                for (JsonNode example : content.path("application/json").path("examples")) {
                    HttpResponse<String> answer =
                            api.post(path.getKey(), example.path("value").toString());
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                    taken++;
                }
                for (JsonNode example : content.path("application/x-ndjson").path("examples")) {
                    HttpResponse<String> answer =
                            api.batch(path.getKey(), example.path("value").asText());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body().lines()).hasSize(2).allMatch(line -> line.contains("\"accepted\""));
                    taken++;
                }
            }
        }
        assertThat(taken).isEqualTo(17);
    }

    @Test
    void it_names_the_fields_that_are_read() {
        var reader = new EventReader();
        assertThat(fields("CustomerEvent")).isEqualTo(reader.fieldNames(EventKind.CUSTOMER));
        assertThat(fields("SaleEvent")).isEqualTo(reader.fieldNames(EventKind.SALE));
        Set<String> seen = new HashSet<>();
        nested(SubmittedCustomer.getClassSchema(), seen);
        nested(io.repertoire.schemas.CustomerReference.getClassSchema(), seen);
        nested(io.repertoire.schemas.SaleLine.getClassSchema(), seen);
        nested(io.repertoire.schemas.SalePayment.getClassSchema(), seen);
        assertThat(seen).hasSizeGreaterThan(10);
    }

    private void nested(Schema schema, Set<String> seen) {
        if (!seen.add(schema.getName())) {
            return;
        }
        var expected = new TreeSet<String>();
        for (Schema.Field field : schema.getFields()) {
            expected.add(field.name());
            if (SINGULARS.containsKey(field.name())) {
                expected.add(SINGULARS.get(field.name()));
            }
            records(field.schema()).forEach(record -> nested(record, seen));
            symbols(schema.getName(), field);
        }
        if (schema.getName().equals("SubmittedCustomer")) {
            expected.add("loyalty_card");
        }
        assertThat(fields(schema.getName())).as(schema.getName()).isEqualTo(expected);
    }

    private void symbols(String owner, Schema.Field field) {
        for (Schema type : field.schema().isUnion() ? field.schema().getTypes() : List.of(field.schema())) {
            if (type.getType() == Schema.Type.ENUM) {
                var given = new ArrayList<String>();
                document.at("/components/schemas/" + owner + "/properties/" + field.name() + "/enum")
                        .forEach(symbol -> given.add(symbol.isNull() ? "UNKNOWN" : symbol.asText()));
                var expected = new TreeSet<>(type.getEnumSymbols());
                expected.add("UNKNOWN");
                assertThat(new TreeSet<>(given)).as(owner + "." + field.name()).isEqualTo(expected);
            }
        }
    }

    private static List<Schema> records(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> List.of(schema);
            case ARRAY -> records(schema.getElementType());
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(type -> records(type).stream())
                        .toList();
            default -> List.of();
        };
    }

    @Test
    void it_lists_every_problem_code() {
        var codes = new TreeSet<String>();
        document.at("/components/schemas/Problem/properties/code/enum").forEach(code -> codes.add(code.asText()));
        assertThat(codes)
                .isEqualTo(new TreeSet<>(
                        Arrays.stream(ProblemCode.values()).map(Enum::name).toList()));
    }

    private TreeSet<String> fields(String schema) {
        return names(document.at("/components/schemas/" + schema + "/properties"));
    }

    private static TreeSet<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
