package io.repertoire.ingest.inbox;

import java.nio.file.Path;

/** A complete file that nobody has claimed yet. */
record Drop(String directoryId, Path file) {}
