/** {@code repertoire import}: hand files to ingest, wait until their last rows can be read in PostgreSQL, say what became of them. */
@NullMarked
package io.repertoire.app.importing;

import org.jspecify.annotations.NullMarked;
