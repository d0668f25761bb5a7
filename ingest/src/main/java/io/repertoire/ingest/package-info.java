@NullMarked
package io.repertoire.ingest;

import org.jspecify.annotations.NullMarked;
