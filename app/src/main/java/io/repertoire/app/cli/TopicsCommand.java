package io.repertoire.app.cli;

import io.repertoire.app.process.Servers.Need;
import io.repertoire.app.process.Terminal;
import io.repertoire.schemas.TopicAdmin;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "topics",
        description = "The topics of Kafka.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.ListAll.class})
final class TopicsCommand extends Action {

    @Command(name = "create", description = "Create the topics that are missing.")
    static final class Create extends Action {
        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.KAFKA);
                    TopicAdmin topics = visit.connections().topics()) {
                List<String> created = topics.create();
                created.forEach(root().terminal()::answer);
                root().terminal().say(created.isEmpty() ? "Every topic was there." : created.size() + " created.");
                List<TopicAdmin.Mismatch> mismatches = topics.verify();
                mismatches.forEach(mismatch -> root().terminal().say(mismatch.toString()));
                return mismatches.isEmpty() ? 0 : 1;
            }
        }
    }

    @Command(name = "list", description = "Every topic of the catalogue, and whether it is there.")
    static final class ListAll extends Action {
        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.KAFKA);
                    TopicAdmin topics = visit.connections().topics()) {
                Terminal terminal = root().terminal();
                for (TopicAdmin.State state : topics.list()) {
                    if (root().json()) {
                        terminal.answer(Json.object(node -> {
                            node.put("topic", state.topic());
                            node.put("exists", state.exists());
                            node.put("partitions", state.partitions());
                            node.put("replicationFactor", state.replicationFactor());
                            var config = node.putObject("config");
                            state.config().forEach(config::put);
                        }));
                    } else {
                        terminal.answer(String.format(
                                "%-32s %s",
                                state.topic(),
                                state.exists()
                                        ? state.partitions() + " partitions, replication factor "
                                                + state.replicationFactor() + ", " + state.config()
                                        : "missing"));
                    }
                }
                return 0;
            }
        }
    }
}
