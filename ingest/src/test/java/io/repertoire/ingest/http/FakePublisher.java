package io.repertoire.ingest.http;

import io.repertoire.schemas.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps what it is given, and answers as told. */
final class FakePublisher implements EventPublisher {

    final List<InputEvent> published = new CopyOnWriteArrayList<>();
    volatile Function<InputEvent, CompletableFuture<Published>> fate =
            event -> CompletableFuture.completedFuture(Published.Acknowledged.INSTANCE);

    @Override
    public void start() {}

    @Override
    public Health check() {
        return Health.up();
    }

    @Override
    public CompletableFuture<Published> publish(InputEvent event, Duration maxWait) {
        published.add(event);
        return fate.apply(event);
    }

    @Override
    public void close() {}
}
