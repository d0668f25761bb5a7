/** The stages' counts, bound to Micrometer. Names and tags are public: they are documented and do not change lightly. */
@NullMarked
package io.repertoire.app.metrics;

import org.jspecify.annotations.NullMarked;
