/** Text as people and programs leave it in cells, made fit to hold, to compare and to show. */
@NullMarked
package io.repertoire.customers.text;

import org.jspecify.annotations.NullMarked;
