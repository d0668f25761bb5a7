package io.repertoire.sink;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open question for a person.
 *
 * @param customers a JSON array of {@code customerId, code, displayName}
 */
public record ReviewView(
        String reviewId,
        String kind,
        String rule,
        String evidence,
        @Nullable Instant raisedAt,
        @Nullable String importId,
        @Nullable Long line,
        String customers) {}
