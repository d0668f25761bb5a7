package io.repertoire.ingest.inbox;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A topic with transactions: what is not committed is not there. Can be told to fail. */
final class FakeTopic implements Publisher.Factory {

    final List<CustomerSubmission> submissions = new ArrayList<>();
    final Map<String, IngestProgress> progress = new HashMap<>();

    /** Counted down by every send; the send that reaches zero fails. */
    long failAfter = Long.MAX_VALUE;

    /** The next commit takes place and then says that it failed. */
    boolean loseNextAnswer;

    int opened;

    /** How often content was asked for that was sent to its end: on Kafka all summaries are read for the answer. */
    int askedWhatStands;

    private record Unencoded(CustomerSubmission submission) implements Publisher.Prepared {
        @Override
        public int bytes() {
            return 100;
        }
    }

    @Override
    public Publisher open(String directoryId, FlowControl flow) {
        opened++;
        return new Publisher() {
            private List<CustomerSubmission> open = new ArrayList<>();
            private boolean begun;

            @Override
            public @Nullable IngestProgress progress(String progressKey) {
                IngestProgress sent = progress.get(directoryId + "/" + progressKey);
                askedWhatStands += sent == null || sent.getCompletedImportId() == null ? 0 : 1;
                return sent;
            }

            @Override
            public void begin() {
                if (begun) {
                    throw new IllegalStateException("begun twice");
                }
                begun = true;
                open = new ArrayList<>();
            }

            @Override
            public Prepared prepare(CustomerSubmission submission, String sha256) {
                return new Unencoded(submission);
            }

            @Override
            public void send(Prepared prepared) {
                if (!begun) {
                    throw new IllegalStateException("not begun");
                }
                if (--failAfter <= 0) {
                    failAfter = Long.MAX_VALUE;
                    throw new KafkaException("told to fail");
                }
                open.add(((Unencoded) prepared).submission());
            }

            @Override
            public void commit(IngestProgress now, int rows) {
                begun = false;
                submissions.addAll(open);
                progress.put(directoryId + "/" + Claim.progressKey(now.getSha256(), now.getDryRun()), now);
                if (loseNextAnswer) {
                    loseNextAnswer = false;
                    throw new KafkaException("the answer got lost");
                }
            }

            @Override
            public void close() {
                begun = false;
            }
        };
    }
}
