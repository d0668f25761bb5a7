package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.metrics.Metrics;
import io.repertoire.ingest.http.HttpApi;
import io.repertoire.ingest.http.HttpApiConfig;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Sink;
import io.repertoire.sink.SinkConfig;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns the configuration into stages: the only place where the modules meet. */
final class StageFactory {

    static final String INGEST = "ingest";
    static final String STREAMS = "streams";
    static final String SINK = "sink";

    private final Connections connections;
    @SuppressWarnings("UnusedVariable") // WIP
    private final DataFolder data;
    private final Wire wire;
    private final Metrics metrics;
    private final Clock clock;

    StageFactory(Connections connections, DataFolder data, Wire wire, Metrics metrics, Clock clock) {
        this.connections = connections;
        this.data = data;
        this.wire = wire;
        this.metrics = metrics;
        this.clock = clock;
    }

    Stage stage(String name) {
        return switch (name) {
            case STREAMS -> streams();
            case SINK -> sink();
            default -> throw new IllegalArgumentException(name);
        };
    }

    HttpApi http(Map<String, String> apiKeys) {
        var producer = new LinkedHashMap<>(connections.kafka());
        producer.putAll(configuration().kafkaProducer());
        return new HttpApi(HttpApiConfig.of(apiKeys, producer), wire, clock, metrics.http());
    }

    private Stage streams() {
        throw Failure.notBuilt("The streams stage");
    }

    private Stage sink() {
        var config = new SinkConfig(
                connections.database(),
                connections.kafka(),
                configuration().kafkaConsumer(),
                configuration().kafkaProducer(),
                SinkConfig.DEFAULT_MAX_BATCH_RECORDS,
                SinkConfig.DEFAULT_LINGER);
        return new Sink(config, wire, clock, metrics.sink());
    }

    private Configuration configuration() {
        return connections.configuration();
    }
}
