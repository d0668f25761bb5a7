package io.repertoire.ingest.inbox;

/**
 * Why a file was not taken as a whole.
 *
 * @param code stable
 * @param message for the person who sent it, without personal data
 */
public record Refusal(String code, String message) {}
