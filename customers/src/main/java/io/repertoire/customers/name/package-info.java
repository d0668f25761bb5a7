/** Comparing the names of people (RULES C-1, "Names"). */
@NullMarked
package io.repertoire.customers.name;

import org.jspecify.annotations.NullMarked;
