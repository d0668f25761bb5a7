package io.repertoire.sink;

import org.jspecify.annotations.Nullable;

/**
 * A rejected record.
 *
 * @param errors every problem found, a JSON array in the words of the contract {@code Problem}; values in it are masked
 * @param raw bounded and redacted text, where the line could not be read
 */
public record RejectView(
        String recordId,
        @Nullable Long line,
        @Nullable Long sheetRow,
        String stage,
        String errors,
        @Nullable String raw) {}
