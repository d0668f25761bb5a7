package io.repertoire.ingest.http;

import java.util.List;

/** What the JSON of one event turned out to be. */
sealed interface Reading {

    /** Ready to be sent. */
    record Event(InputEvent event, List<Warning> warnings) implements Reading {}

    /** Not an event; nothing of it goes anywhere. */
    record Refused(Problem problem) implements Reading {}
}
