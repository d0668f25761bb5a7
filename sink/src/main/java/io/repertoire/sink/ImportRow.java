package io.repertoire.sink;

import org.jspecify.annotations.Nullable;

/**
 * What a row of an import became.
 *
 * @param line physical line the record starts on
 * @param outcome lower case: {@code created}, {@code merged}, …
 * @param customerId who owns it now; null if nothing was stored, or it is gone since
 * @param problems codes and fields, {@code EMAIL_INVALID:email; PHONE_INVALID:phone}; empty if none
 */
public record ImportRow(long line, String outcome, @Nullable String customerId, String problems) {}
