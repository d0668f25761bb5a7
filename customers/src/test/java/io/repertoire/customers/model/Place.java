package io.repertoire.customers.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where a row was read. Of two records that say something of one time and are as full as each other, the later row of a file
 * shows; else one that was in no file, then the file of the smaller name.
 */
record Place(String file, long line) {

    static final Comparator<@Nullable Place> BEST_FIRST = Comparator.nullsFirst(Comparator.comparing(Place::file)
            .thenComparing(Comparator.comparing(Place::line).reversed()));
}
