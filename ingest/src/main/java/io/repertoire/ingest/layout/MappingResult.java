package io.repertoire.ingest.layout;

/** What a header row turned out to be. */
public sealed interface MappingResult permits Mapping, MappingResult.Refused {

    /**
     * @param code stable
     * @param message for the person who sent it, without personal data
     */
    record Refused(String code, String message) implements MappingResult {}
}
