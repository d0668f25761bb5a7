package io.repertoire.customers;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.List;

/** What was read and breaks a rule, as it goes to the error topic: every problem found, no personal value. */
final class Rejections {

    private final Workspace work;

    Rejections(Workspace work) {
        this.work = work;
    }

    void submission(CustomerSubmission s, List<Problem> problems) {
        ProblemStage stage = s.getCustomer() == null ? ProblemStage.PARSE : ProblemStage.VALIDATE;
        for (Problem problem : problems) {
            if (problem.getCode().equals(ProblemCode.UNKNOWN_ID.name())) {
                stage = ProblemStage.RESOLVE;
            }
        }
        String own = s.getImportId() == null ? s.getSourceSystem() : s.getImportId();
        work.emit(Output.of(
                Topics.REJECTED,
                Keys.of(work.directoryId(), own),
                new RejectedRecord(
                        work.directoryId(),
                        s.getRecordId(),
                        s.getSourceSystem(),
                        s.getImportId(),
                        null,
                        s.getLine(),
                        s.getRow(),
                        stage,
                        problems,
                        null,
                        false,
                        s.getReceivedAt())));
    }

    void sale(SaleEvent event, List<Problem> problems, ProblemStage stage) {
        sale(event.getSourceSystem(), event.getEventId(), event.getReceivedAt(), problems, stage);
    }

    /** The sale is kept; what it refers to may turn up yet. */
    void unresolved(String system, String eventId, Instant receivedAt, List<Problem> problems) {
        sale(system, eventId, receivedAt, problems, ProblemStage.RESOLVE);
    }

    private void sale(String system, String eventId, Instant receivedAt, List<Problem> problems, ProblemStage stage) {
        work.emit(Output.of(
                Topics.REJECTED,
                Keys.of(work.directoryId(), system),
                new RejectedRecord(
                        work.directoryId(),
                        system + '/' + eventId,
                        system,
                        null,
                        null,
                        null,
                        null,
                        stage,
                        problems,
                        null,
                        stage == ProblemStage.RESOLVE,
                        receivedAt)));
    }
}
