/** A consumer of {@code customers.marketing.v1}, small enough to be copied. */
@org.jspecify.annotations.NullMarked
package io.repertoire.examples.mailinglist;
