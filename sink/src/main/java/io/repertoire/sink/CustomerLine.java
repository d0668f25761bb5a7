package io.repertoire.sink;

import org.jspecify.annotations.Nullable;

/** A customer in a few words. */
public record CustomerLine(
        String customerId,
        String code,
        String status,
        @Nullable String mergedInto) {}
