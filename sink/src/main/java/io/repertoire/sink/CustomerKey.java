package io.repertoire.sink;

/** A customer of any directory. */
record CustomerKey(String directoryId, String customerId) {}
