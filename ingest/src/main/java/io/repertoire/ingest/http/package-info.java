/**
 * Events over HTTP: tills and web shops post customers and sales as JSON, which become Avro on the input topics. An event is
 * answered only once Kafka has acknowledged it. {@link io.repertoire.ingest.http.HttpApi} is the way in; the format is
 * documented in {@code docs/http.md}.
 */
@NullMarked
package io.repertoire.ingest.http;

import org.jspecify.annotations.NullMarked;
