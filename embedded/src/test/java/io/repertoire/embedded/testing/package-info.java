/** The three servers for integration tests. */
@NullMarked
package io.repertoire.embedded.testing;

import org.jspecify.annotations.NullMarked;
