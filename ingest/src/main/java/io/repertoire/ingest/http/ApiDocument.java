package io.repertoire.ingest.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document, which is shipped with the program. */
final class ApiDocument {

    static final String RESOURCE = "/io/repertoire/ingest/http/openapi.json";

    private ApiDocument() {}

    static byte[] bytes() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without its OpenAPI document");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
    }

    static void answer(Context http) {
        http.contentType("application/json").result(bytes());
    }
}
