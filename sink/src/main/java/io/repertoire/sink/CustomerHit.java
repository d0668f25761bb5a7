package io.repertoire.sink;

import org.jspecify.annotations.Nullable;

/** A customer that a search found. */
public record CustomerHit(
        String directoryId,
        String customerId,
        String code,
        String status,
        @Nullable String displayName,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String companyName,
        @Nullable String primaryEmail,
        @Nullable String primaryPhone) {}
