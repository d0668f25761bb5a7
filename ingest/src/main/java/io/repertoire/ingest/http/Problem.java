package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole request, or a line of a batch, that was not taken: RFC 9457.
 *
 * @param faults at least one; the first gives the code, the status and the detail
 * @param retryAfter when the same request may succeed; {@code null} if it never will
 */
record Problem(List<Fault> faults, @Nullable Duration retryAfter) {

    static final String CONTENT_TYPE = "application/problem+json";

    Problem {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a problem needs a fault");
        }
        faults = List.copyOf(faults);
    }

    static Problem of(ProblemCode code, String detail) {
        return new Problem(List.of(Fault.of(code, detail)), null);
    }

    static Problem retryable(ProblemCode code, String detail, Duration retryAfter) {
        return new Problem(List.of(Fault.of(code, detail)), retryAfter);
    }

    ProblemCode code() {
        return faults.get(0).code();
    }

    int status() {
        return code().status();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "urn:repertoire:problem:" + code().name());
        json.writeStringField("title", code().title());
        json.writeNumberField("status", status());
        writeFault(json, faults.get(0));
        if (retryAfter != null) {
            json.writeNumberField("retry_after_seconds", retryAfter.toSeconds());
        }
        if (faults.size() > 1) {
            json.writeArrayFieldStart("errors");
            for (Fault fault : faults) {
                json.writeStartObject();
                writeFault(json, fault);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeFault(JsonGenerator json, Fault fault) throws IOException {
        json.writeStringField("code", fault.code().name());
        json.writeStringField("detail", fault.detail());
        if (fault.pointer() != null) {
            json.writeStringField("pointer", fault.pointer());
        }
        if (fault.line() > 0) {
            json.writeNumberField("line", fault.line());
            json.writeNumberField("column", fault.column());
        }
    }
}
