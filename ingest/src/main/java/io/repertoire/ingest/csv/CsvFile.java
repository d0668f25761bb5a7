package io.repertoire.ingest.csv;

/** What opening a file gives: a table to read, or the reason why not. */
public sealed interface CsvFile permits CsvTable, CsvRefusal {}
