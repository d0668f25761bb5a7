/** One row as a source says it, made into what is held, with everything that is wrong with it. */
@NullMarked
package io.repertoire.customers.normalise;

import org.jspecify.annotations.NullMarked;
