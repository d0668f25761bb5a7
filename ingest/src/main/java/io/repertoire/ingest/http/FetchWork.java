package io.repertoire.ingest.http;

import io.repertoire.ingest.vendor.RecordFetcher;
import io.repertoire.ingest.vendor.RecordFetcher.Fetched;
import io.repertoire.ingest.vendor.VendorEvent.Reference;
import io.repertoire.schemas.PendingFetch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is still to be fetched, and the fetching of it: each thing until the vendor has shown it or has it no more, with longer and
 * longer waits between. What was fetched is sent before it is crossed off, so a stop between the two fetches it once more, which
 * has no further effect. Used by one thread.
 */
final class FetchWork {

    private static final Logger LOG = LoggerFactory.getLogger(FetchWork.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;
    private static final Duration PUBLISHING = Duration.ofSeconds(10);

    private final Map<String, RecordFetcher> fetchers;
    private final VendorSender sender;
    private final EventPublisher publisher;
    private final Clock clock;
    private final Map<String, Item> items = new HashMap<>();
    private final PriorityQueue<Item> queue = new PriorityQueue<>(
            Comparator.comparing((Item item) -> item.notBefore).thenComparing(item -> item.number));
    private long numbers;

    /** @param fetchers by directory */
    FetchWork(Map<String, RecordFetcher> fetchers, VendorSender sender, EventPublisher publisher, Clock clock) {
        this.fetchers = Map.copyOf(fetchers);
        this.sender = sender;
        this.publisher = publisher;
        this.clock = clock;
    }

    private static final class Item {
        private final String directoryId;
        private final String key;
        private final Reference reference;
        private final long number;
        private int attempts;
        private Instant notBefore;

        Item(String directoryId, String key, Reference reference, long number) {
            this.directoryId = directoryId;
            this.key = key;
            this.reference = reference;
            this.number = number;
            this.notBefore = Instant.EPOCH;
        }

        String id() {
            return directoryId + '/' + key;
        }
    }

    /** What a directory without a fetcher is to fetch stays where it is written. */
    void add(String directoryId, String key, PendingFetch fetch) {
        if (!fetchers.containsKey(directoryId) || items.containsKey(directoryId + '/' + key)) {
            return;
        }
        var reference = new Reference(
                fetch.getSystem(), fetch.getAccount(), fetch.getKind(), fetch.getId(), fetch.getChangedAt());
        var item = new Item(directoryId, key, reference, numbers++);
        items.put(item.id(), item);
        queue.add(item);
    }

    /** It was fetched, by this process or another. */
    void remove(String directoryId, String key) {
        Item item = items.remove(directoryId + '/' + key);
        if (item != null) {
            queue.remove(item);
        }
    }

    int size() {
        return items.size();
    }

    void clear() {
        items.clear();
        queue.clear();
    }

    /** Fetches one thing that is due; false if none is. */
    boolean step() throws InterruptedException {
        Item item = queue.peek();
        Instant now = clock.instant();
        if (item == null || item.notBefore.isAfter(now)) {
            return false;
        }
        queue.remove();
        RecordFetcher fetcher = fetchers.get(item.directoryId);
        if (fetcher == null) {
            items.remove(item.id());
            return true;
        }
        Duration wait = attempt(item, fetcher, now);
        if (wait == null) {
            items.remove(item.id());
            return true;
        }
        Duration own = FIRST_WAIT.multipliedBy(1L << Math.min(item.attempts, DOUBLINGS));
        Duration longer = wait.compareTo(own) > 0 ? wait : own;
        item.attempts++;
        item.notBefore = now.plus(longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer);
        queue.add(item);
        return true;
    }

    /** How long to wait at least; {@code null} once it is done. */
    private @Nullable Duration attempt(Item item, RecordFetcher fetcher, Instant now) throws InterruptedException {
        Fetched fetched = fetcher.fetch(item.reference);
        if (fetched instanceof Fetched.Later later) {
            if (item.attempts == 0) {
                LOG.warn("{} {}; what it named is fetched later", item.reference.system(), later.why());
            }
            return later.pause();
        }
        if (fetched instanceof Fetched.Found found) {
            var events = fetcher.read(item.reference, found.shown());
            Problem problem = sender.send(item.directoryId, events, now).problem();
            if (problem != null && problem.retryAfter() != null) {
                return problem.retryAfter();
            }
            if (problem != null) {
                LOG.warn("what {} showed of a record cannot be used: {}", item.reference.system(), problem.code());
            }
        }
        return crossOff(item) ? null : Duration.ZERO;
    }

    private boolean crossOff(Item item) throws InterruptedException {
        try {
            var done = new InputEvent.Fetch(item.directoryId, item.key, item.reference.system(), null);
            return publisher.publish(done, PUBLISHING).get(PUBLISHING.toMillis(), TimeUnit.MILLISECONDS)
                    instanceof Published.Acknowledged;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
