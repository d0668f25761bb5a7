package io.repertoire.app.importing;

import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Line;
import io.repertoire.app.process.Shutdown;
import io.repertoire.app.process.Terminal;
import io.repertoire.ingest.inbox.Receipt;
import io.repertoire.sink.DirectoryQueries;
import io.repertoire.sink.ImportView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for one file after the other, as long as it takes; gives up only when a stage of this process has failed for good. */
final class CompletionWait {

    private static final Logger log = LoggerFactory.getLogger(CompletionWait.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int RECENT = 20;
    private static final long STILL_NANOS = 60_000_000_000L;

    /** The rejects file is written after the summary; where another machine writes it, it never appears here. */
    private static final Duration REJECTS_LIMIT = Duration.ofSeconds(30);

    private final Line line;
    private final DirectoryQueries queries;
    private final DataFolder data;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final Asked asked;
    private final Answers database = new Answers();
    private long lookedAt = System.nanoTime();
    private long movedAt = System.nanoTime();
    private String movement = "";
    private String abortTold = "";
    private String otherTold = "";
    private long cutOffAskedAt = System.nanoTime() - LOOK_NANOS;
    private @Nullable ImportView cutOff;

    /**
     * What the user asked for.
     *
     * @param before the first copy was dropped: what was claimed earlier is an import of another command
     * @param at an import that ended after that was not over yet
     */
    record Asked(ImportOptions options, Instant before, Instant at) {}

    CompletionWait(Line line, DataFolder data, Terminal terminal, Shutdown shutdown, Asked asked) {
        this.line = line;
        this.queries = line.queries();
        this.data = data;
        this.terminal = terminal;
        this.shutdown = shutdown;
        this.asked = asked;
    }

    ImportResult await(String file, InboxDrop drop) throws IOException {
        String directory = asked.options().directory();
        var progress = new Progress(terminal, file, drop.lines() - 1);
        long held = 0;
        try {
            while (true) {
                Optional<Receipt> receipt = drop.receipt();
                @Nullable
                ImportView view =
                        receipt.isEmpty() ? null : view(directory, receipt.get().importId());
                if (receipt.isPresent()
                        && view != null
                        && view.ended()
                        && !isAborted(view)
                        && receipt.get().isSettled()) {
                    progress.clear();
                    return result(file, drop, receipt.get(), view);
                }
                tellOfAbort(progress, view);
                // Until ingest has come to our copy, an import of the same content that was cut off goes on.
                @Nullable ImportView moving = view == null ? cutOff(directory, drop.sha256()) : view;
                tellOfOtherOptions(progress, moving);
                held = moving == null ? held : moving.rowsHeld();
                progress.show(held);
                look(progress, receipt.map(Receipt::toString).orElse("") + rowsOf(moving));
                pause();
            }
        } finally {
            progress.clear();
        }
    }

    /** A restart cut the dry run off; ingest begins it again, and the receipt then names the new one. */
    private static boolean isAborted(ImportView view) {
        return view.status().equals("DRY_RUN_ABORTED") && !view.cancelled();
    }

    private void tellOfAbort(Progress progress, @Nullable ImportView view) {
        if (view != null && isAborted(view) && !view.importId().equals(abortTold)) {
            abortTold = view.importId();
            progress.clear();
            terminal.say("A restart cut the dry run off; it begins again.");
        }
    }

    /** Said while there is still time to think. */
    private void tellOfOtherOptions(Progress progress, @Nullable ImportView moving) {
        if (moving == null || moving.ended() || moving.importId().equals(otherTold)) {
            return;
        }
        String notice = other(moving).whileItRuns(moving.importId());
        if (notice != null) {
            otherTold = moving.importId();
            progress.clear();
            terminal.say(notice);
        }
    }

    private OtherOptions other(ImportView view) {
        return OtherOptions.of(asked.options(), view, asked.before());
    }

    private static String rowsOf(@Nullable ImportView view) {
        return view == null ? "" : view.status() + view.rowsHeld();
    }

    /** Null while the database does not know it, or cannot be asked. */
    private @Nullable ImportView view(String directory, @Nullable String importId) {
        if (importId == null) {
            return null;
        }
        try {
            ImportView view = queries.importById(directory, importId).orElse(null);
            database.answered();
            return view;
        } catch (SQLException unreachable) {
            log.warn("The database cannot be asked about import {}", importId, unreachable);
            database.silent();
            return null;
        }
    }

    /** Null if there is none. Asked rarely: it is not the import waited for. */
    private @Nullable ImportView cutOff(String directory, String sha256) {
        if (System.nanoTime() - cutOffAskedAt > LOOK_NANOS) {
            cutOffAskedAt = System.nanoTime();
            try {
                cutOff = queries.imports(directory, RECENT).stream()
                        .filter(view -> !view.ended() && sha256.equals(view.sha256()))
                        .findFirst()
                        .orElse(null);
            } catch (SQLException unreachable) {
                log.warn("The database cannot be asked about imports that were cut off", unreachable);
            }
        }
        return cutOff;
    }

    private ImportResult result(String file, InboxDrop drop, Receipt receipt, ImportView view) throws IOException {
        boolean wasOver = view.completedAt() != null && view.completedAt().isBefore(asked.at());
        String duplicateOf = wasOver ? receipt.duplicateOf() : null;
        if (!view.taken()) {
            return new ImportResult(file, receipt.sha256(), view, null, receipt.rejectsFile(), OtherOptions.NONE);
        }
        String rejects = view.rejected() > 0 && !view.dryRun() ? rejectsFile(drop, receipt, view.importId()) : null;
        return new ImportResult(file, receipt.sha256(), view, duplicateOf, rejects, other(view));
    }

    private @Nullable String rejectsFile(InboxDrop drop, Receipt receipt, String importId) throws IOException {
        long end = System.nanoTime() + REJECTS_LIMIT.toNanos();
        @Nullable String found = receipt.rejectsFile() == null ? existing(importId) : receipt.rejectsFile();
        while (found == null && System.nanoTime() < end) {
            pause();
            found = drop.receipt().map(Receipt::rejectsFile).orElse(null);
            found = found == null ? existing(importId) : found;
        }
        return found;
    }

    /** The file of an earlier run. */
    private @Nullable String existing(String importId) throws IOException {
        return new RejectsFolder(data).file(importId).map(Path::toString).orElse(null);
    }

    private void look(Progress progress, String now) {
        if (!now.equals(movement)) {
            movement = now;
            movedAt = System.nanoTime();
        }
        if (System.nanoTime() - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = System.nanoTime();
        if (System.nanoTime() - movedAt > STILL_NANOS) {
            movedAt = System.nanoTime();
            progress.clear();
            terminal.say("Nothing has moved for a minute; still waiting. The details are in " + data.logs() + ".");
        }
        String news = database.news();
        if (news != null) {
            progress.clear();
            terminal.say(news);
        }
        line.look();
    }

    /** Whether the tables can be asked, and what was said of it: a stage that says so may be another process's. */
    private static final class Answers {
        private static final long PATIENCE_NANOS = 5_000_000_000L;

        private long silentSince = -1;
        private boolean said;

        void answered() {
            silentSince = -1;
        }

        void silent() {
            silentSince = silentSince < 0 ? System.nanoTime() : silentSince;
        }

        /** Null if there is nothing new to say. */
        @Nullable
        String news() {
            boolean away = silentSince >= 0 && System.nanoTime() - silentSince > PATIENCE_NANOS;
            if (away == said) {
                return null;
            }
            said = away;
            return away ? "PostgreSQL does not answer; waiting for it." : "PostgreSQL answers again.";
        }
    }

    private void pause() {
        if (shutdown.await(POLL)) {
            // Said now: stopping takes a while, and the process may be gone before a failure is put into words.
            terminal.say(
                    asked.options().dryRun()
                            ? "Stopping. The same command begins the dry run again."
                            : "Stopping. The same command goes on where this one was.");
            throw Failure.failed("Stopped.");
        }
    }
}
