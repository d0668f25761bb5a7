package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes what callers read. */
final class Answers {

    static final String NDJSON = "application/x-ndjson";

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /** Writes into a {@link JsonGenerator}. */
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static void accepted(Context http, InputEvent event, List<Warning> warnings) {
        http.status(202).contentType("application/json").result(json(json -> {
            json.writeStartObject();
            writeAccepted(json, event, warnings);
            json.writeEndObject();
        }));
    }

    static void problem(Context http, Problem problem) {
        http.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(json(problem::write));
        if (problem.retryAfter() != null) {
            http.header("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
        }
        if (problem.status() == 401) {
            http.header("WWW-Authenticate", "Bearer realm=\"repertoire\"");
        }
        if (problem.code() == ProblemCode.METHOD_NOT_ALLOWED) {
            http.header("Allow", "POST");
        }
        if (problem.code() == ProblemCode.UNSUPPORTED_MEDIA_TYPE) {
            http.header("Accept-Post", "application/json, " + NDJSON);
        }
    }

    /** One line to a result, in the order given. */
    static void batch(Context http, List<LineResult> results) {
        http.status(200).contentType(NDJSON).result(json(json -> {
            json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
            for (LineResult result : results) {
                json.writeStartObject();
                json.writeNumberField("line", result.line());
                if (result instanceof LineResult.Accepted accepted) {
                    writeAccepted(json, accepted.event(), accepted.warnings());
                } else if (result instanceof LineResult.NotTaken notTaken) {
                    json.writeStringField("status", notTaken.status());
                    json.writeFieldName("problem");
                    notTaken.problem().write(json);
                }
                json.writeEndObject();
            }
            json.writeRaw('\n');
        }));
    }

    /** To a vendor, for its own log. */
    static void webhook(Context http, String status, String reason) {
        http.status(200).contentType("application/json").result(json(json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        }));
    }

    static void webhook(Context http, VendorSender.Outcome outcome) {
        http.status(200).contentType("application/json").result(json(json -> {
            json.writeStartObject();
            json.writeStringField("status", "accepted");
            json.writeArrayFieldStart("events");
            for (VendorSender.Part part : outcome.parts()) {
                json.writeStartObject();
                if (part instanceof VendorSender.Part.Taken taken) {
                    writeTaken(json, taken.event(), taken.warnings());
                } else if (part instanceof VendorSender.Part.Refused refused) {
                    json.writeStringField("status", "refused");
                    json.writeFieldName("problem");
                    refused.problem().write(json);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void writeTaken(JsonGenerator json, InputEvent event, List<Warning> warnings) throws IOException {
        if (event instanceof InputEvent.Command command) {
            json.writeStringField("status", "accepted");
            json.writeStringField("command_id", command.recordId());
            json.writeStringField("type", command.value().getType().name());
        } else if (event instanceof InputEvent.Fetch fetch) {
            json.writeStringField("status", "to_fetch");
            json.writeStringField("key", fetch.key());
        } else {
            writeAccepted(json, event, warnings);
        }
    }

    private static void writeAccepted(JsonGenerator json, InputEvent event, List<Warning> warnings) throws IOException {
        json.writeStringField("status", "accepted");
        json.writeStringField("record_id", event.recordId());
        if (!warnings.isEmpty()) {
            json.writeArrayFieldStart("warnings");
            for (Warning warning : warnings) {
                json.writeStartObject();
                json.writeStringField("code", warning.code());
                json.writeStringField("pointer", warning.pointer());
                json.writeStringField("detail", warning.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static byte[] json(Content content) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }
}
