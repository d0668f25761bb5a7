@NullMarked
package io.repertoire.sink;

import org.jspecify.annotations.NullMarked;
