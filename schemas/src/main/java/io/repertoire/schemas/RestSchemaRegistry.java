package io.repertoire.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the Confluent Schema Registry REST API that the wire format needs. Keeps nothing: callers cache.
 *
 * <p>Only an answer that this API gives is believed. A 404 that does not carry its error code (a wrong path, a proxy's page),
 * a 401 or a 403 say nothing about the record at hand: they are reported as {@link RegistryUnavailableException}, so that good
 * data waits for somebody to mend the settings.
 */
final class RestSchemaRegistry implements SchemaRegistry {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final WireConfig config;
    private final String base;
    private final HttpClient http;

    RestSchemaRegistry(WireConfig config) {
        this.config = config;
        var url = config.registryUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .build();
    }

    @Override
    public int register(String subject, Schema schema) {
        for (int attempt = 1; ; attempt++) {
            var answer = call("POST", "/subjects/" + encoded(subject) + "/versions", body(schema));
            if (!answer.isConflict()) {
                return answer.orUnavailable("id").asInt();
            }
            // A refusal, or another process was quicker by an instant: registries answer both alike.
            var there = find(subject, schema);
            if (!there.isNotRegistered()) {
                return there.orUnavailable("id").asInt();
            }
            if (attempt == ATTEMPTS) {
                throw new SchemaRefusedException("The schema registry refuses the schema of " + subject
                        + ": it is not compatible with the versions it holds (" + answer.reason() + ")");
            }
            pause(attempt);
        }
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        var answer = find(subject, schema);
        if (answer.isNotRegistered()) {
            throw new SchemaRefusedException("The schema registry does not hold the schema of " + subject
                    + " in this version, and this process may not register it: run schemas register");
        }
        return answer.orUnavailable("id").asInt();
    }

    @Override
    public void requireCompatibility(String subject, Topic.Compatibility compatibility) {
        var rule = write(Map.of("compatibility", compatibility.name()));
        for (int attempt = 1; ; attempt++) {
            var answer = call("PUT", "/config/" + encoded(subject), rule);
            // Apicurio does not take a rule that another process adds in the same instant.
            if (!answer.isConflict() || attempt == ATTEMPTS) {
                answer.orUnavailable("compatibility");
                return;
            }
            pause(attempt);
        }
    }

    @Override
    public List<Schema> versions(String subject) {
        var path = "/subjects/" + encoded(subject) + "/versions";
        var answer = call("GET", path, null);
        if (answer.isError(SUBJECT_NOT_FOUND)) {
            return List.of();
        }
        var schemas = new ArrayList<Schema>();
        for (var version : answer.list()) {
            schemas.add(new Schema.Parser()
                    .parse(call("GET", path + "/" + version.asInt(), null)
                            .orUnavailable("schema")
                            .asText()));
        }
        return schemas;
    }

    @Override
    public Schema byId(int id) {
        var answer = call("GET", "/schemas/ids/" + id, null);
        if (answer.isError(SCHEMA_NOT_FOUND)) {
            throw new UndecodableException(
                    UndecodableException.UNKNOWN_SCHEMA, "The schema registry has no schema with id " + id);
        }
        var text = answer.orUnavailable("schema").asText();
        if (answer.body.hasNonNull("schemaType")
                && !answer.body.get("schemaType").asText().equals("AVRO")) {
            throw new UndecodableException(
                    UndecodableException.UNKNOWN_SCHEMA, "The schema with id " + id + " is not an Avro schema");
        }
        try {
            return new Schema.Parser().setValidateDefaults(false).parse(text);
        } catch (AvroRuntimeException e) {
            throw new UndecodableException(
                    UndecodableException.UNKNOWN_SCHEMA,
                    "The schema with id " + id + " cannot be read on its own; references are not supported",
                    e);
        }
    }

    @Override
    public void close() {
        // java.net.http of JDK 17 has nothing to close: its threads end with the last reference.
    }

    @Override
    public String toString() {
        return base;
    }

    private Answer find(String subject, Schema schema) {
        return call("POST", "/subjects/" + encoded(subject), body(schema));
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE_MILLIS * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while waiting for the schema registry", e);
        }
    }

    private String body(Schema schema) {
        return write(Map.of("schema", schema.toString()));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer call(String method, String path, @Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(config.timeout())
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE);
        }
        if (config.user() != null) {
            var pair = config.user() + ":" + (config.password() == null ? "" : config.password());
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RegistryUnavailableException("The schema registry at " + base + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while waiting for the schema registry", e);
        }
        return new Answer(response.statusCode(), parsed(response.body()));
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return json.missingNode();
        }
    }

    private final class Answer {
        private final int status;
        private final JsonNode body;

        Answer(int status, JsonNode body) {
            this.status = status;
            this.body = body;
        }

        boolean isError(int code) {
            return status == 404 && body.path("error_code").asInt() == code;
        }

        boolean isNotRegistered() {
            return isError(SUBJECT_NOT_FOUND) || isError(SCHEMA_NOT_FOUND);
        }

        boolean isConflict() {
            return status == 409 || status == 422;
        }

        String reason() {
            return body.path("message").asText("HTTP " + status);
        }

        JsonNode list() {
            if (status / 100 != 2 || !body.isArray()) {
                throw unexpected();
            }
            return body;
        }

        JsonNode orUnavailable(String field) {
            if (status / 100 != 2 || !body.has(field)) {
                throw unexpected();
            }
            return body.get(field);
        }

        private RegistryUnavailableException unexpected() {
            return new RegistryUnavailableException(
                    "The schema registry at " + base + " answers HTTP " + status + " where its API was expected");
        }
    }
}
