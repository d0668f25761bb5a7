package io.repertoire.sink;

/**
 * One customer, whole.
 *
 * @param json the row of the table as a JSON object under its column names, absent values left out
 */
public record CustomerView(String directoryId, String customerId, String code, String status, String json) {}
