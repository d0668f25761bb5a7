package io.repertoire.app.asking;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.Connections;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Line;
import io.repertoire.app.process.Shutdown;
import io.repertoire.app.process.StageSet;
import io.repertoire.app.process.Terminal;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.CommandAnswer;
import io.repertoire.sink.CustomerLine;
import io.repertoire.sink.DirectoryQueries;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command: sent to {@code customers.commands.v1}, carried out by streams, and answered once its result and the version it led
 * to can be read in the database. Starts what nobody runs and stops it again.
 */
public final class CommandJob {

    private static final Logger log = LoggerFactory.getLogger(CommandJob.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long STILL_NANOS = 60_000_000_000L;

    /** Reviews go to the database beside the answer and not before it: time for the last of very many. */
    private static final Duration REVIEWS_AFTER = Duration.ofMillis(500);

    private final Configuration configuration;
    private final DataFolder data;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final Clock clock;

    public CommandJob(Configuration configuration, DataFolder data, Terminal terminal, Shutdown shutdown, Clock clock) {
        this.configuration = configuration;
        this.data = data;
        this.terminal = terminal;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /** @param customers those of the answer as the database has them now */
    public record Result(CommandAnswer answer, List<CustomerLine> customers) {}

    public Result run(CustomerCommand command) throws SQLException {
        try (var line = Line.open(
                configuration, data, "repertoire-command", StageSet.WITHOUT_INGEST, terminal, shutdown, clock)) {
            send(line.connections(), line.wire(), command);
            CommandAnswer answer = await(command, line);
            line.awaitGuests();
            return new Result(answer, line.queries().customersNamed(command.getDirectoryId(), answer.customerIds()));
        }
    }

    private void send(Connections connections, Wire wire, CustomerCommand command) {
        byte[] value = wire.serializer(Topics.COMMANDS).serialize(Topics.COMMANDS.name(), command);
        try (var producer =
                new KafkaProducer<>(producer(connections), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.COMMANDS.name(), command.getDirectoryId(), value))
                    .get();
        } catch (ExecutionException failed) {
            throw Failure.failed("Kafka did not take the command.", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.failed("Stopped.");
        }
    }

    private Map<String, Object> producer(Connections connections) {
        var settings = new HashMap<String, Object>();
        connections.kafka().forEach((key, value) -> {
            if (ProducerConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        settings.putAll(configuration.kafkaProducer());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "repertoire-command");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // The key alone says the partition: whoever else it went to would not be this directory's one writer.
        settings.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "false");
        settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }

    /** As long as it takes; gives up only when a stage of this process has failed for good. */
    private CommandAnswer await(CustomerCommand command, Line line) {
        DirectoryQueries queries = line.queries();
        long lookedAt = System.nanoTime();
        long saidAt = lookedAt;
        boolean saidAccepted = false;
        while (true) {
            Optional<CommandAnswer> answer =
                    ask(() -> queries.commandAnswer(command.getDirectoryId(), command.getCommandId()));
            if (answer.isPresent() && !answer.get().goesOn() && isShown(command, answer.get(), queries)) {
                return answer.get();
            }
            if (answer.isPresent() && answer.get().goesOn() && !saidAccepted) {
                saidAccepted = true;
                terminal.say(String.valueOf(answer.get().message()));
            }
            long now = System.nanoTime();
            if (now - lookedAt > LOOK_NANOS) {
                lookedAt = now;
                line.look();
            }
            if (now - saidAt > STILL_NANOS) {
                saidAt = now;
                terminal.say("Still waiting for the answer. The details are in " + data.logs() + ".");
            }
            if (shutdown.await(POLL)) {
                throw Failure.failed("Stopped. The command was sent, and is carried out all the same.");
            }
        }
    }

    private boolean isShown(CustomerCommand command, CommandAnswer answer, DirectoryQueries queries) {
        boolean carriedOut = answer.status().equals("DONE");
        if (ask(() -> Optional.of(queries.version(command.getDirectoryId()))).orElse(-1L) < answer.version()) {
            return false;
        }
        String review = command.getReviewId();
        if (carriedOut && review != null) {
            return !ask(() -> queries.reviewStatus(command.getDirectoryId(), review))
                    .orElse("OPEN")
                    .equals("OPEN");
        }
        if (carriedOut && command.getType() == io.repertoire.schemas.CommandType.REVIEW_MERGE_ALL) {
            shutdown.await(REVIEWS_AFTER);
        }
        return true;
    }

    private interface Question<T> {
        Optional<T> ask() throws SQLException;
    }

    private static <T> Optional<T> ask(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException unreachable) {
            log.warn("The database cannot be asked about a command", unreachable);
            return Optional.empty();
        }
    }
}
