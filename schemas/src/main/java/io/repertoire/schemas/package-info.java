/**
 * The contracts between the stages: generated Avro records, the topic catalogue, keys, partitioning, headers and the wire
 * format. Nothing in here knows a rule of the domain.
 */
@NullMarked
package io.repertoire.schemas;

import org.jspecify.annotations.NullMarked;
