@NullMarked
package io.repertoire.bench;

import org.jspecify.annotations.NullMarked;
