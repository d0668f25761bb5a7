package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.state.ImportProgressState;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands each input to the part that knows its rules. */
final class RuledDirectoryMachine implements DirectoryMachine {

    private final CustomerNormaliser normaliser;
    private final Function<String, DirectoryPolicy> policies;
    private final PersonNames names;

    RuledDirectoryMachine(
            CustomerNormaliser normaliser, PersonNames names, Function<String, DirectoryPolicy> policies) {
        this.normaliser = normaliser;
        this.names = names;
        this.policies = policies;
    }

    @Override
    public Decision apply(Input input, DirectoryView view) {
        if (input instanceof Input.Submission submission) {
            CustomerSubmission value = submission.value();
            return submission(value, workspace(input.directoryId(), view, value.getReceivedAt()));
        }
        if (input instanceof Input.Failed failed) {
            return failed(
                    failed, workspace(input.directoryId(), view, failed.value().getReceivedAt()));
        }
        if (input instanceof Input.Sale sale) {
            Workspace work = workspace(input.directoryId(), view, sale.value().getReceivedAt());
            new SaleHandler(new DirectoryWork(work, names, normaliser), normaliser, new Rejections(work), sale.value())
                    .handle();
            return work.decision();
        }
        if (input instanceof Input.Command command) {
            Workspace work = workspace(input.directoryId(), view, command.receivedAt());
            new CommandHandler(new DirectoryWork(work, names, normaliser), normaliser, command.value()).handle();
            return work.decision();
        }
        if (input instanceof Input.FailedCommand failed) {
            Workspace work = workspace(input.directoryId(), view, failed.receivedAt());
            CommandHandler.failed(work, failed.value());
            return work.decision();
        }
        if (input instanceof Input.Continue next) {
            Workspace work = workspace(next.directoryId(), view, next.now());
            new Jobs(new DirectoryWork(work, names, normaliser)).step(next.jobId());
            return work.decision();
        }
        if (input instanceof Input.Inspect start) {
            Workspace work = workspace(start.directoryId(), view, start.now());
            var parts = new DirectoryWork(work, names, normaliser);
            Recompute.inspect(parts, new Jobs(parts));
            return work.decision();
        }
        if (input instanceof Input.Abandon broken) {
            Workspace work = workspace(broken.directoryId(), view, broken.now());
            new Jobs(new DirectoryWork(work, names, normaliser)).abandon(broken.jobId());
            return work.decision();
        }
        if (input instanceof Input.Tick tick) {
            Workspace work = workspace(tick.directoryId(), view, tick.now());
            new DirectoryWork(work, names, normaliser).lapse();
            return work.decision();
        }
        throw new IllegalStateException("an input nobody handles");
    }

    private Workspace workspace(String directoryId, DirectoryView view, Instant now) {
        return new Workspace(directoryId, view, policies.apply(directoryId), normaliser.lists(), now.toEpochMilli());
    }

    private Decision submission(CustomerSubmission submission, Workspace work) {
        switch (submission.getKind()) {
            case IMPORT_START -> new ImportLedger(work).start(submission);
            case IMPORT_END -> new ImportLedger(work).end(submission);
            case RECORD -> record(submission, work);
            case UNKNOWN ->
                new Rejections(work)
                        .submission(submission, List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem("kind", null)));
        }
        return work.decision();
    }

    private void record(CustomerSubmission submission, Workspace work) {
        String importId = submission.getImportId();
        if (importId == null) {
            decide(submission, new DirectoryWork(work, names, normaliser), ImportMode.UPSERT, null);
            return;
        }
        var ledger = new ImportLedger(work);
        ImportProgressState progress = ledger.progress(importId);
        if (ImportLedger.isDecided(progress, submission)) {
            return;
        }
        Outcome outcome = progress.getRefused()
                ? Outcome.rejected(List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem(null, null)))
                : decide(
                        submission,
                        new DirectoryWork(work, names, normaliser, ImportLedger.mayMerge(progress, work.policy())),
                        progress.getMode(),
                        progress.getGroup());
        ledger.answer(submission, importId, progress, outcome);
    }

    /** Touches the import's books and nothing else: what made the submission fail may be anywhere in the state. */
    private Decision failed(Input.Failed failed, Workspace work) {
        CustomerSubmission submission = failed.value();
        String importId = submission.getImportId();
        if (importId == null) {
            return work.decision();
        }
        var ledger = new ImportLedger(work);
        switch (submission.getKind()) {
            case IMPORT_START -> ledger.startFailed(submission, failed.code());
            case IMPORT_END -> ledger.endFailed(submission, failed.code());
            case RECORD -> {
                ImportProgressState progress = ledger.progress(importId);
                if (!ImportLedger.isDecided(progress, submission)) {
                    List<Problem> problems = List.of(failed.code().problem(null, null));
                    new Rejections(work).submission(submission, problems);
                    ledger.answer(submission, importId, progress, Outcome.rejected(problems));
                }
            }
            case UNKNOWN -> {
                // Nobody waits for it.
            }
        }
        return work.decision();
    }

    private Outcome decide(CustomerSubmission submission, DirectoryWork work, ImportMode mode, @Nullable String group) {
        Outcome outcome = SourceSystems.mayNotSay(submission.getSourceSystem(), submission.getImportId())
                ? Outcome.rejected(List.of(ProblemCode.SOURCE_RESERVED.problem("source_system", null)))
                : new SubmissionHandler(work, normaliser, submission, mode, group).handle();
        if (outcome.kind() == RowOutcomeKind.REJECTED) {
            new Rejections(work.state).submission(submission, outcome.problems());
        }
        return outcome;
    }
}
