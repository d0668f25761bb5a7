/**
 * Everything that comes in, turned into records of the input topics: files ({@link io.repertoire.ingest.Ingest}, package
 * {@code inbox}, which reads them with {@code csv}, {@code xlsx} and {@code layout}) and events over HTTP (package {@code http}, with
 * {@code vendor} for other makers' messages). What becomes of a record is decided elsewhere.
 */
@NullMarked
package io.repertoire.ingest;

import org.jspecify.annotations.NullMarked;
