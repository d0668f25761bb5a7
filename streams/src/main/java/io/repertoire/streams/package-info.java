@NullMarked
package io.repertoire.streams;

import org.jspecify.annotations.NullMarked;
