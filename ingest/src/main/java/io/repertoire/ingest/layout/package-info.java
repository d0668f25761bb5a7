/** Which file is this: recognising a header row, and turning its rows into submissions. Layouts are data: {@code /layouts}. */
@NullMarked
package io.repertoire.ingest.layout;

import org.jspecify.annotations.NullMarked;
