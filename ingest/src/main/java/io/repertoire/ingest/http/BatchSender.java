package io.repertoire.ingest.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the lines of a batch in their order and waits for all of them. A line that breaks a rule does not stop the others; once
 * one could not be sent, the rest are not tried, so that sending it again cannot change their order.
 */
final class BatchSender {

    private final EventReader reader;
    private final EventPublisher publisher;
    private final HttpMetrics metrics;
    private final HttpApiConfig config;

    BatchSender(EventReader reader, EventPublisher publisher, HttpMetrics metrics, HttpApiConfig config) {
        this.reader = reader;
        this.publisher = publisher;
        this.metrics = metrics;
        this.config = config;
    }

    /** A line that was read, and what is to become of it. */
    private record Pending(
            int line, @Nullable InputEvent event, List<Warning> warnings, CompletableFuture<Published> fate) {}

    /** What came of a batch as a whole. */
    sealed interface Outcome {
        /** Each line has its own answer. */
        record Lines(List<LineResult> results) implements Outcome {}

        /** No line was taken, and all for one reason. */
        record Refused(Problem problem) implements Outcome {}
    }

    Outcome send(byte[] bytes, int length, EventReader.Context context) {
        int events = countEvents(bytes, length);
        if (events == 0) {
            return refused(Problem.of(ProblemCode.EMPTY_BODY, "Send one event a line, each a JSON object."));
        }
        if (events > config.maxBatchEvents()) {
            return refused(Problem.of(
                    ProblemCode.TOO_MANY_EVENTS,
                    "At most " + config.maxBatchEvents()
                            + " events a batch. Nothing was taken; send smaller batches."));
        }
        long end = System.nanoTime() + config.timeLimit().toNanos();
        List<Pending> pending = sendAll(bytes, length, context, events, end);
        List<LineResult> results = await(pending, end);
        return summarise(results);
    }

    private Outcome refused(Problem problem) {
        metrics.requestRefused(problem.code());
        return new Outcome.Refused(problem);
    }

    private List<Pending> sendAll(byte[] bytes, int length, EventReader.Context context, int events, long end) {
        var pending = new ArrayList<Pending>(events);
        Problem stopped = null;
        int line = 1;
        for (int start = 0; start < length; line++) {
            int stop = endOfLine(bytes, start, length);
            if (!isBlank(bytes, start, stop)) {
                metrics.received();
                Pending sent = sendLine(read(bytes, start, stop, line, context), line, stopped, end);
                pending.add(sent);
                stopped = stopped == null ? notSentBecauseOf(sent) : stopped;
            }
            start = stop + 1;
        }
        return pending;
    }

    private Reading read(byte[] bytes, int start, int stop, int line, EventReader.Context context) {
        return stop - start > config.maxEventBytes()
                ? new Reading.Refused(
                        Problem.of(ProblemCode.TOO_LONG, "An event has at most " + config.maxEventBytes() + " bytes."))
                : reader.read(bytes, start, stop - start, line, context);
    }

    private Pending sendLine(Reading reading, int line, @Nullable Problem stopped, long end) {
        if (reading instanceof Reading.Refused refused) {
            return notTaken(line, refused.problem());
        }
        if (stopped != null) {
            return notTaken(line, stopped);
        }
        var event = (Reading.Event) reading;
        return new Pending(line, event.event(), event.warnings(), publisher.publish(event.event(), left(end)));
    }

    private static Pending notTaken(int line, Problem problem) {
        return new Pending(line, null, List.of(), CompletableFuture.completedFuture(new Published.NotTaken(problem)));
    }

    /** What the lines after this one are to be told, if they must not be sent any more. */
    private static @Nullable Problem notSentBecauseOf(Pending sent) {
        if (sent.event() == null || !sent.fate().isDone()) {
            return null;
        }
        return sent.fate().join() instanceof Published.NotTaken notTaken
                        && notTaken.problem().retryAfter() != null
                ? Problem.retryable(
                        ProblemCode.NOT_SENT,
                        "An earlier line could not be sent ("
                                + notTaken.problem().code() + "), and order is kept; send this one again after it.",
                        notTaken.problem().retryAfter())
                : null;
    }

    private List<LineResult> await(List<Pending> pending, long end) {
        var results = new ArrayList<LineResult>(pending.size());
        for (Pending sent : pending) {
            Published published = await(sent.fate(), end);
            InputEvent event = sent.event();
            if (published instanceof Published.NotTaken notTaken) {
                count(notTaken.problem());
                results.add(new LineResult.NotTaken(sent.line(), notTaken.problem()));
            } else if (event != null) {
                metrics.accepted(event instanceof InputEvent.Customer ? EventKind.CUSTOMER : EventKind.SALE);
                results.add(new LineResult.Accepted(sent.line(), event, sent.warnings()));
            }
        }
        return results;
    }

    private void count(Problem problem) {
        if (problem.retryAfter() == null) {
            metrics.refused(problem.code());
        } else {
            metrics.unavailable(problem.code());
        }
    }

    private static Published await(CompletableFuture<Published> fate, long end) {
        try {
            return fate.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new Published.NotTaken(KafkaEventPublisher.unknownFate());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Published.NotTaken(KafkaEventPublisher.unknownFate());
        }
    }

    /** If nothing at all could be sent, the request as a whole is what is to be repeated. */
    private static Outcome summarise(List<LineResult> results) {
        Problem first = null;
        for (LineResult result : results) {
            if (!(result instanceof LineResult.NotTaken notTaken)
                    || !notTaken.status().equals("unavailable")) {
                return new Outcome.Lines(results);
            }
            first = first == null ? notTaken.problem() : first;
        }
        return first == null ? new Outcome.Lines(results) : new Outcome.Refused(first);
    }

    private static Duration left(long end) {
        long nanos = end - System.nanoTime();
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    private static int countEvents(byte[] bytes, int length) {
        int events = 0;
        for (int start = 0; start < length; ) {
            int stop = endOfLine(bytes, start, length);
            events += isBlank(bytes, start, stop) ? 0 : 1;
            start = stop + 1;
        }
        return events;
    }

    private static int endOfLine(byte[] bytes, int start, int length) {
        int at = start;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte[] bytes, int start, int stop) {
        for (int i = start; i < stop; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
