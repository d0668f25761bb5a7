package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.customers.CommandArguments;
import io.repertoire.ingest.vendor.VendorEvent;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.PendingFetch;
import io.repertoire.schemas.ProgressState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts on the topics what a vendor's message comes to. A customer or sale goes the way of every event; a command that names a
 * customer may get there first, and waits for it. Thread-safe.
 */
final class VendorSender {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventReader reader;
    private final EventPublisher publisher;
    private final HttpMetrics metrics;
    private final Duration timeLimit;

    VendorSender(EventReader reader, EventPublisher publisher, HttpMetrics metrics, Duration timeLimit) {
        this.reader = reader;
        this.publisher = publisher;
        this.metrics = metrics;
        this.timeLimit = timeLimit;
    }

    /** One thing that was sent, or is no event of ours. */
    sealed interface Part {
        record Taken(InputEvent event, List<Warning> warnings) implements Part {}

        record Refused(Problem problem) implements Part {}
    }

    /**
     * @param parts as many as there were events
     * @param problem why the whole message is to be refused, or sent again; {@code null} if Kafka has all of it that can be had
     */
    record Outcome(List<Part> parts, @Nullable Problem problem) {}

    Outcome send(String directoryId, List<VendorEvent> events, Instant now) {
        long end = System.nanoTime() + timeLimit.toNanos();
        var parts = new ArrayList<Part>(events.size());
        var underWay = new ArrayList<CompletableFuture<Published>>();
        Problem refused = null;
        for (VendorEvent event : events) {
            Part part = part(event, directoryId, now);
            parts.add(part);
            if (part instanceof Part.Taken taken) {
                underWay.add(publisher.publish(taken.event(), left(end)));
            } else if (part instanceof Part.Refused bad) {
                refused = refused == null ? bad.problem() : refused;
            }
        }
        Problem failed = await(underWay, end);
        if (failed != null) {
            return new Outcome(parts, failed);
        }
        parts.forEach(this::count);
        boolean nothing = parts.stream().allMatch(Part.Refused.class::isInstance);
        return new Outcome(parts, nothing ? refused : null);
    }

    private void count(Part part) {
        if (part instanceof Part.Refused refused) {
            metrics.received();
            metrics.refused(refused.problem().code());
        } else if (((Part.Taken) part).event() instanceof InputEvent.Customer) {
            metrics.received();
            metrics.accepted(EventKind.CUSTOMER);
        } else if (((Part.Taken) part).event() instanceof InputEvent.Sale) {
            metrics.received();
            metrics.accepted(EventKind.SALE);
        }
    }

    private @Nullable Problem await(List<CompletableFuture<Published>> underWay, long end) {
        Problem problem = null;
        for (CompletableFuture<Published> fate : underWay) {
            if (await(fate, end) instanceof Published.NotTaken notTaken && problem == null) {
                problem = notTaken.problem();
            }
        }
        underWay.clear();
        return problem;
    }

    private static Published await(CompletableFuture<Published> fate, long end) {
        try {
            return fate.get(left(end).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return new Published.NotTaken(KafkaEventPublisher.unknownFate());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Published.NotTaken(KafkaEventPublisher.unknownFate());
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private Part part(VendorEvent event, String directoryId, Instant now) {
        if (event instanceof VendorEvent.Canonical canonical) {
            return canonical(canonical, directoryId, now);
        }
        if (event instanceof VendorEvent.Merged merged) {
            CustomerCommand command = command(CommandType.MERGE, merged.commandId(), merged.system(), directoryId, now);
            command.getArguments().put(CommandArguments.SOURCE_CUSTOMER_ID, merged.kept());
            command.getArguments().put(CommandArguments.OTHER_SOURCE_CUSTOMER_ID, merged.absorbed());
            return new Part.Taken(new InputEvent.Command(command), List.of());
        }
        if (event instanceof VendorEvent.Deleted deleted) {
            CustomerCommand command =
                    command(CommandType.ARCHIVE, deleted.commandId(), deleted.system(), directoryId, now);
            command.getArguments().put(CommandArguments.SOURCE_CUSTOMER_ID, deleted.sourceCustomerId());
            command.getArguments().put(CommandArguments.UNLESS_SHARED, "true");
            return new Part.Taken(new InputEvent.Command(command), List.of());
        }
        if (event instanceof VendorEvent.Redacted redacted) {
            CustomerCommand command =
                    command(CommandType.ERASE, redacted.commandId(), redacted.system(), directoryId, now);
            command.getArguments().put(CommandArguments.SOURCE_CUSTOMER_ID, redacted.sourceCustomerId());
            command.getArguments().put(CommandArguments.UNLESS_SHARED, "true");
            command.setReason("asked for through " + redacted.system());
            return new Part.Taken(new InputEvent.Command(command), List.of());
        }
        if (event instanceof VendorEvent.DataRequested asked) {
            CustomerCommand command =
                    command(CommandType.DATA_REQUEST, asked.commandId(), asked.system(), directoryId, now);
            command.getArguments().put(CommandArguments.SOURCE_CUSTOMER_ID, asked.sourceCustomerId());
            return new Part.Taken(new InputEvent.Command(command), List.of());
        }
        return new Part.Taken(fetch(((VendorEvent.ToFetch) event).reference(), directoryId, now), List.of());
    }

    private Part canonical(VendorEvent.Canonical canonical, String directoryId, Instant now) {
        byte[] json;
        try {
            json = JSON.writeValueAsBytes(canonical.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
        Reading reading =
                reader.read(json, 0, json.length, 1, new EventReader.Context(canonical.kind(), directoryId, null, now));
        return reading instanceof Reading.Event event
                ? new Part.Taken(event.event(), event.warnings())
                : new Part.Refused(((Reading.Refused) reading).problem());
    }

    private static CustomerCommand command(
            CommandType type, String commandId, String system, String directoryId, Instant now) {
        var command = new CustomerCommand();
        command.setCommandId(commandId);
        command.setDirectoryId(directoryId);
        command.setType(type);
        command.setActor(system);
        command.setIssuedAt(now);
        command.setRecordIds(new ArrayList<>(0));
        var arguments = new HashMap<String, String>();
        arguments.put(CommandArguments.SOURCE_SYSTEM, system);
        command.setArguments(arguments);
        return command;
    }

    private static InputEvent fetch(VendorEvent.Reference reference, String directoryId, Instant now) {
        var pending = new PendingFetch(
                reference.system(), reference.account(), reference.kind(), reference.id(), reference.at());
        var progress = new IngestProgress();
        progress.setDirectoryId(directoryId);
        progress.setSha256(reference.key());
        progress.setImportId("");
        progress.setState(ProgressState.SENDING);
        progress.setRowsSent(0L);
        progress.setLastLine(0L);
        progress.setUpdatedAt(now);
        progress.setFetch(pending);
        return new InputEvent.Fetch(directoryId, reference.key(), reference.system(), progress);
    }
}
