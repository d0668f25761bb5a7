/** Configuration: what can be set, where each value comes from, and what is wrong with it. */
@NullMarked
package io.repertoire.app.config;

import org.jspecify.annotations.NullMarked;
