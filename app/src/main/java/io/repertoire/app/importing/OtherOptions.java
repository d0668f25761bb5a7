package io.repertoire.app.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.sink.ImportView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How an import of some content that was begun before differs from what is asked of the same content now. It is gone on with as it was
 * begun, since what it sent already is decided.
 *
 * @param had spelled as on the command line; a value is empty where it had none
 */
record OtherOptions(Map<String, String> had) {

    static final OtherOptions NONE = new OtherOptions(Map.of());

    /** @param before an import that was claimed since is the very one that is asked for now */
    static OtherOptions of(ImportOptions asked, ImportView view, Instant before) {
        Instant claimed = view.claimedAt();
        if (claimed == null || !claimed.isBefore(before)) {
            return NONE;
        }
        var had = new LinkedHashMap<String, String>();
        put(had, "mode", spelled(view.mode()), asked.mode());
        put(had, "on-error", spelled(view.onError()), asked.onError());
        put(had, "group", view.group(), asked.group());
        put(had, "layout", view.layout(), asked.layout() == null ? view.layout() : asked.layout());
        put(had, "source", view.sourceSystem(), asked.source() == null ? view.layout() : asked.source());
        return new OtherOptions(had);
    }

    private static void put(Map<String, String> had, String option, @Nullable String held, @Nullable String asked) {
        String value = held == null ? "" : held;
        if (!value.equals(asked == null ? "" : asked.strip())) {
            had.put(option, value);
        }
    }

    private static @Nullable String spelled(@Nullable String symbol) {
        return symbol == null ? null : symbol.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isNone() {
        return had.isEmpty();
    }

    void addTo(ObjectNode node) {
        had.forEach((option, value) -> node.put(option, value.isEmpty() ? null : value));
    }

    /** Null if it is as asked for. */
    @Nullable
    String whileItRuns(String importId) {
        return isNone()
                ? null
                : "An import of the same content was cut off and goes on first, as it was begun: " + words()
                        + ". \"imports cancel " + importId + "\" stops it.";
    }

    /** Null if it is as asked for. */
    @Nullable
    String afterwards(String importId, boolean duplicate) {
        if (isNone()) {
            return null;
        }
        String what = duplicate
                ? "It was imported before with other options: "
                : "An import of it that was cut off was finished as it had been begun, not as asked now: ";
        return what + words() + ". To have it as asked now, import it with --force, after \"imports undo " + importId
                + "\" if what that import did should go.";
    }

    private String words() {
        var words = new StringJoiner(", ");
        had.forEach((option, value) -> words.add(value.isEmpty() ? "no " + option : option + ' ' + value));
        return words.toString();
    }
}
