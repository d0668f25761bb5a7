package io.repertoire.sink;

/**
 * How much there is, for the status command; over all directories.
 *
 * @param customers active and archived
 * @param unfinishedImports imports of which something is awaited
 */
public record DirectoryCounts(
        long customers, long openReviews, long sales, long rejects, long imports, long unfinishedImports) {}
