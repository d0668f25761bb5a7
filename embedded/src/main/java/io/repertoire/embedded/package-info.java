/**
 * Kafka, the schema registry and PostgreSQL, real ones, started for whoever has none.
 * {@link io.repertoire.embedded.EmbeddedServers} is the way in. Knows nothing of what they are used for.
 */
@NullMarked
package io.repertoire.embedded;

import org.jspecify.annotations.NullMarked;
