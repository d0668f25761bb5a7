/** Giving a command of a person's to the directory, and waiting for what became of it. */
@org.jspecify.annotations.NullMarked
package io.repertoire.app.asking;
