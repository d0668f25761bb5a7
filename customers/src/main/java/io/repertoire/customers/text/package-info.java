/** Text as people and programs leave it in cells, made fit to hold and to compare. */
@NullMarked
package io.repertoire.customers.text;

import org.jspecify.annotations.NullMarked;
