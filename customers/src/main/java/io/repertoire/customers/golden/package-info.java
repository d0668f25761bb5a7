/** What survives: the golden record as a pure function of a customer's source records (RULES C-3). */
@NullMarked
package io.repertoire.customers.golden;

import org.jspecify.annotations.NullMarked;
