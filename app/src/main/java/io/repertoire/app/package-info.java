@NullMarked
package io.repertoire.app;

import org.jspecify.annotations.NullMarked;
