/**
 * Benchmarks, each a plain program that prints a table or JSON: the whole line from a dropped file to the last row in
 * PostgreSQL, and events over HTTP. How to run and read them: {@code docs/bench.md}. They drive the built product from outside,
 * as a user does.
 */
@NullMarked
package io.repertoire.bench;

import org.jspecify.annotations.NullMarked;
