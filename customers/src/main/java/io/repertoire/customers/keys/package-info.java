/** What things are known by without being told: keys of source records, hashes of contents, and the secrets these are made with. */
@NullMarked
package io.repertoire.customers.keys;

import org.jspecify.annotations.NullMarked;
