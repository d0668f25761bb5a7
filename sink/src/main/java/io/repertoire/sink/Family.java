package io.repertoire.sink;

import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.util.List;
import java.util.function.Function;

/**
 * Topics that one worker reads together.
 *
 * @param cutAtInputs true: a transaction ends only where an input's records end
 */
record Family(String name, List<Topic<?>> topics, boolean cutAtInputs, Function<Wire, BatchWriter> writer) {

    static final Family DIRECTORY = new Family("directory", List.of(Topics.DIRECTORY), true, DirectoryBatchWriter::new);

    static final Family HISTORY = new Family(
            "history",
            List.of(
                    Topics.ROW_OUTCOMES,
                    Topics.CHANGES,
                    Topics.REJECTED,
                    Topics.IMPORTS,
                    Topics.REVIEWS,
                    Topics.RECORDED_SALES,
                    Topics.COMMAND_RESULTS),
            false,
            HistoryBatchWriter::new);

    static final List<Family> ALL = List.of(DIRECTORY, HISTORY);

    String group() {
        return "repertoire-sink-" + name;
    }

    boolean isCompacted(String topic) {
        return topics.stream().anyMatch(t -> t.name().equals(topic) && t.spec().cleanup() == TopicSpec.Cleanup.COMPACT);
    }

    List<String> topicNames() {
        return topics.stream().map(Topic::name).toList();
    }
}
