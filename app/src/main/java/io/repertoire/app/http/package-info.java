/** The one HTTP interface of a process: health, metrics, and what its stages add. */
@NullMarked
package io.repertoire.app.http;

import org.jspecify.annotations.NullMarked;
