/** Fixtures for the tests of every module. */
@NullMarked
package io.repertoire.schemas.testing;

import org.jspecify.annotations.NullMarked;
