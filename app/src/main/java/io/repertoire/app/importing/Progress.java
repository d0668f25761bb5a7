package io.repertoire.app.importing;

import io.repertoire.app.process.Terminal;
import java.util.Locale;

/** A bar on a terminal, a line now and then otherwise. Used by one thread. */
final class Progress {

    private static final int WIDTH = 30;
    private static final long BAR_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Terminal terminal;
    private final String file;
    private final long expected;
    private final long begun = System.nanoTime();
    private long shownAt = System.nanoTime();
    private long first = -1;
    private long firstAt;
    private boolean drawn;

    /** @param expected about how many rows there are */
    Progress(Terminal terminal, String file, long expected) {
        this.terminal = terminal;
        this.file = file;
        this.expected = Math.max(1, expected);
    }

    void show(long rows) {
        long now = System.nanoTime();
        if (first < 0 && rows > 0) {
            first = rows;
        }
        if (rows == first) {
            // An import that is resumed shows what it has before anything moves.
            firstAt = now;
        }
        if (now - shownAt < (terminal.interactive() ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        shownAt = now;
        if (terminal.interactive()) {
            terminal.err().print("\r" + bar(rows, now) + "\u001b[K");
            terminal.err().flush();
            drawn = true;
        } else {
            terminal.say(line(rows, now));
        }
    }

    /** Takes the bar away; call before anything else is said. */
    void clear() {
        if (drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            drawn = false;
        }
    }

    private String bar(long rows, long now) {
        int done = (int) Math.min(WIDTH, rows * WIDTH / expected);
        return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] " + line(rows, now);
    }

    private String line(long rows, long now) {
        var line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d of about %,d rows (%d %%)",
                file,
                rows,
                expected,
                Math.min(100, rows * 100 / expected)));
        double seconds = (now - firstAt) / 1e9;
        if (first >= 0 && rows > first && seconds > 0.5) {
            double rate = (rows - first) / seconds;
            line.append(String.format(Locale.ROOT, ", %,.0f rows/s", rate));
            if (rows < expected) {
                line.append(String.format(Locale.ROOT, ", %.0f s left", Math.ceil((expected - rows) / rate)));
            }
        } else {
            line.append(String.format(Locale.ROOT, ", %.0f s", (now - begun) / 1e9));
        }
        return line.toString();
    }
}
