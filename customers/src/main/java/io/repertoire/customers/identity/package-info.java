/** Who is who: identifiers, names and the decision table of RULES C-1. Pure functions over what they are given. */
@NullMarked
package io.repertoire.customers.identity;

import org.jspecify.annotations.NullMarked;
