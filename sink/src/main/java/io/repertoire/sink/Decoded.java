package io.repertoire.sink;

/** A record and what it says. */
record Decoded<T>(InputRecord source, T value) {}
