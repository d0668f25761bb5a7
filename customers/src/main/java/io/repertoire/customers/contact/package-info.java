/** Email addresses and phone numbers: one way to read them, for what is written and for what is looked up. */
@NullMarked
package io.repertoire.customers.contact;

import org.jspecify.annotations.NullMarked;
