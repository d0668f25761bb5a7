/** Excel workbooks: looked at before they are trusted, then written down as CSV, row for row. Knows nothing of customers. */
@NullMarked
package io.repertoire.ingest.xlsx;

import org.jspecify.annotations.NullMarked;
