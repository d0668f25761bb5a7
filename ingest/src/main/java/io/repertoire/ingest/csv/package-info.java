/**
 * Reading delimited text as people really save it: any of the usual encodings, delimiters and line ends, broken quotes, and
 * nothing unbounded in memory. Knows nothing of customers.
 */
@NullMarked
package io.repertoire.ingest.csv;

import org.jspecify.annotations.NullMarked;
