package io.repertoire.ingest.layout;

import io.repertoire.schemas.ConsentStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Yes and no, in the words that exports use. */
final class Answers {

    private static final Map<String, ConsentStatus> WORDS = Map.ofEntries(
            Map.entry("yes", ConsentStatus.GRANTED),
            Map.entry("y", ConsentStatus.GRANTED),
            Map.entry("true", ConsentStatus.GRANTED),
            Map.entry("1", ConsentStatus.GRANTED),
            Map.entry("oui", ConsentStatus.GRANTED),
            Map.entry("o", ConsentStatus.GRANTED),
            Map.entry("vrai", ConsentStatus.GRANTED),
            Map.entry("subscribed", ConsentStatus.GRANTED),
            Map.entry("abonne", ConsentStatus.GRANTED),
            Map.entry("granted", ConsentStatus.GRANTED),
            Map.entry("optin", ConsentStatus.GRANTED),
            Map.entry("optedin", ConsentStatus.GRANTED),
            Map.entry("accepte", ConsentStatus.GRANTED),
            Map.entry("no", ConsentStatus.DENIED),
            Map.entry("n", ConsentStatus.DENIED),
            Map.entry("false", ConsentStatus.DENIED),
            Map.entry("0", ConsentStatus.DENIED),
            Map.entry("non", ConsentStatus.DENIED),
            Map.entry("faux", ConsentStatus.DENIED),
            Map.entry("unsubscribed", ConsentStatus.DENIED),
            Map.entry("desabonne", ConsentStatus.DENIED),
            Map.entry("denied", ConsentStatus.DENIED),
            Map.entry("optout", ConsentStatus.DENIED),
            Map.entry("optedout", ConsentStatus.DENIED),
            Map.entry("refuse", ConsentStatus.DENIED),
            Map.entry("unknown", ConsentStatus.UNKNOWN),
            Map.entry("inconnu", ConsentStatus.UNKNOWN));

    private Answers() {}

    /** Null if it is no answer we know. */
    static @Nullable ConsentStatus parse(String cell) {
        return WORDS.get(HeaderName.key(cell));
    }
}
