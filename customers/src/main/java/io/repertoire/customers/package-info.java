@NullMarked
package io.repertoire.customers;

import org.jspecify.annotations.NullMarked;
