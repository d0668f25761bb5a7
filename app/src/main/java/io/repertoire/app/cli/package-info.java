/** The command line: one class per command, no decision of the domain. */
@NullMarked
package io.repertoire.app.cli;

import org.jspecify.annotations.NullMarked;
