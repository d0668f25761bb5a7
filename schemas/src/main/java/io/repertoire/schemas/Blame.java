package io.repertoire.schemas;

import java.io.IOException;
import org.apache.kafka.common.KafkaException;

/**
 * Says what went wrong without quoting what it went wrong with: for logs, health and headers. The message of an exception that is not
 * ours may hold a customer's data ("For input string: …").
 */
public final class Blame {

    private static final int FRAMES = 4;

    private Blame() {}

    /** The classes of the causes, outermost first, and the places in our own code nearest to the root cause. */
    public static String place(Throwable thrown) {
        var text = new StringBuilder();
        var root = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            text.append(text.isEmpty() ? "" : " caused by ").append(t.getClass().getSimpleName());
            root = t;
        }
        int shown = 0;
        for (var frame : root.getStackTrace()) {
            if (shown < FRAMES && (shown == 0 || frame.getClassName().startsWith("io.repertoire."))) {
                text.append(shown == 0 ? " at " : " < ").append(frame);
                shown++;
            }
        }
        return text.toString();
    }

    /** Like {@link #place}, with the messages of Kafka's and I/O exceptions: they speak of topics, brokers, settings and files. */
    public static String cause(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root instanceof KafkaException || root instanceof IOException
                ? root.getClass().getSimpleName() + ": " + root.getMessage()
                : place(thrown);
    }
}
