package io.repertoire.ingest.http;

/**
 * The event was taken, but not wholly as it was sent.
 *
 * @param code stable: {@code CARD_NUMBER_REMOVED}, {@code CHARACTER_REMOVED}, {@code TIME_IN_FUTURE}
 * @param pointer JSON pointer to the value
 * @param detail what was done and why, without the value
 */
record Warning(String code, String pointer, String detail) {}
