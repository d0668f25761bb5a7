@NullMarked
package io.repertoire.embedded;

import org.jspecify.annotations.NullMarked;
