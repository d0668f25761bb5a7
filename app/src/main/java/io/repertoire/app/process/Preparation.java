package io.repertoire.app.process;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be there before a stage starts: topics as the catalogue says, and schemas in the registry. */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Connections connections;
    private final Terminal terminal;
    private final Shutdown shutdown;

    Preparation(Connections connections, Terminal terminal, Shutdown shutdown) {
        this.connections = connections;
        this.terminal = terminal;
        this.shutdown = shutdown;
    }

    /** Creates what is missing; waits, visibly and without a limit, for a server that cannot be reached. */
    void run(Wire wire) {
        untilReached("Kafka", this::topics);
        untilReached("the schema registry", wire::registerAll);
    }

    private void topics() {
        try (TopicAdmin topics = connections.topics()) {
            try {
                List<String> created = topics.create();
                LOG.info("{} topics created", created.size());
            } catch (AuthorizationException mayNot) {
                LOG.info("This process may not create topics; it looks whether they are there");
            }
            List<TopicAdmin.Mismatch> mismatches = topics.verify();
            if (!mismatches.isEmpty()) {
                throw Failure.failed(String.join(
                        System.lineSeparator(),
                        mismatches.stream().map(TopicAdmin.Mismatch::toString).toList()));
            }
        }
    }

    private void untilReached(String server, Runnable step) {
        boolean said = false;
        while (true) {
            try {
                step.run();
                return;
            } catch (AuthenticationException refused) {
                throw Failure.failed("The login to " + server + " was refused.", refused);
            } catch (KafkaException unreachable) {
                boolean retry = unreachable instanceof RetriableException
                        || unreachable instanceof RegistryUnavailableException
                        || unreachable.getCause() instanceof RetriableException;
                if (!retry) {
                    throw unreachable;
                }
                LOG.warn("Waiting for {}", server, unreachable);
            }
            if (!said) {
                terminal.say("Waiting for " + server + ", which cannot be reached yet ...");
                said = true;
            }
            if (shutdown.await(RETRY)) {
                throw Failure.failed("Stopped while waiting for " + server + ".");
            }
        }
    }
}
