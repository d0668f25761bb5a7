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
    private final Overlay.Values overlaid = new Overlay.Values();

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
            return submission(value, workspace(input.directoryId(), view, value.getReceivedAt()), view);
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
            DryRuns.inspect(work);
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

    private Decision submission(CustomerSubmission submission, Workspace work, DirectoryView view) {
        switch (submission.getKind()) {
            case IMPORT_START -> new ImportLedger(work).start(submission);
            case IMPORT_END -> new ImportLedger(work).end(submission);
            case RECORD -> record(submission, work, view);
            case UNKNOWN ->
                new Rejections(work)
                        .submission(submission, List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem("kind", null)));
        }
        return work.decision();
    }

    private void record(CustomerSubmission submission, Workspace work, DirectoryView view) {
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
        if (progress.getDryRun() != null) {
            rehearse(submission, importId, progress, work, view);
            return;
        }
        Outcome outcome = progress.getRefused()
                ? Outcome.rejected(List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem(null, null)))
                : decide(
                        submission,
                        new DirectoryWork(
                                work,
                                names,
                                normaliser,
                                ImportLedger.mayMerge(progress, work.policy()),
                                UndoLog.of(work, importId, progress)),
                        progress.getMode(),
                        progress.getGroup());
        ledger.answer(submission, importId, progress, outcome);
    }

    /** A row of a dry run: decided like any other, over what the run decided so far; all that is said of it is its outcome. */
    private void rehearse(
            CustomerSubmission row,
            String importId,
            ImportProgressState progress,
            Workspace books,
            DirectoryView view) {
        var ledger = new ImportLedger(books);
        if (ledger.goesOn(importId, progress, row)) {
            var overlay = new Overlay(view, books.directoryId(), importId, overlaid);
            Workspace work = workspace(books.directoryId(), overlay, row.getReceivedAt());
            boolean mayMerge = ImportLedger.mayMerge(progress, work.policy());
            Outcome outcome = decide(
                    row,
                    new DirectoryWork(work, names, normaliser, mayMerge, UndoLog.none(work)),
                    progress.getMode(),
                    progress.getGroup());
            overlay.keep(work.decision(), books);
            ledger.answer(row, importId, progress, DryRuns.told(outcome, books));
        }
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
                boolean dryRun = progress.getDryRun() != null;
                if (!ImportLedger.isDecided(progress, submission)
                        && (!dryRun || ledger.goesOn(importId, progress, submission))) {
                    List<Problem> problems = List.of(failed.code().problem(null, null));
                    if (!dryRun) {
                        new Rejections(work).submission(submission, problems);
                    }
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
