/** What a directory's owner may choose, as values; {@code docs/configuration.md} has it as settings. */
@NullMarked
package io.repertoire.customers.policy;

import org.jspecify.annotations.NullMarked;
