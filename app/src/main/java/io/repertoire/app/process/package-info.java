/** What a running process is made of: the data folder, its locks, its logs, its terminal, and the parts it started. */
@NullMarked
package io.repertoire.app.process;

import org.jspecify.annotations.NullMarked;
