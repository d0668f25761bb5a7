package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.state.ImportProgressState;
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
        String directoryId = input.directoryId();
        var work = new Workspace(
                directoryId,
                view,
                policies.apply(directoryId),
                normaliser.lists(),
                input.now().toEpochMilli());
        handle(input, work);
        return work.decision();
    }

    private void handle(Input input, Workspace work) {
        if (input instanceof Input.Submission submission) {
            submission(submission.value(), work);
        } else if (input instanceof Input.Failed failed) {
            failed(failed, work);
        } else if (input instanceof Input.Sale sale) {
            new SaleHandler(parts(work), normaliser, new Rejections(work), sale.value()).handle();
        } else if (input instanceof Input.Command command) {
            new CommandHandler(parts(work), normaliser, command.value()).handle();
        } else if (input instanceof Input.FailedCommand failed) {
            CommandHandler.failed(work, failed.value());
        } else if (input instanceof Input.Continue next) {
            new Jobs(parts(work)).step(next.jobId());
        } else if (input instanceof Input.Abandon broken) {
            new Jobs(parts(work)).abandon(broken.jobId());
        } else if (input instanceof Input.Inspect) {
            DirectoryWork parts = parts(work);
            Recompute.inspect(parts, new Jobs(parts));
            DryRuns.inspect(work);
        } else if (input instanceof Input.LookAtDryRuns) {
            DryRuns.look(work);
        } else if (input instanceof Input.Tick) {
            parts(work).lapse();
        } else {
            throw new IllegalStateException("an input nobody handles");
        }
    }

    private DirectoryWork parts(Workspace work) {
        return new DirectoryWork(work, names, normaliser);
    }

    private void submission(CustomerSubmission submission, Workspace work) {
        switch (submission.getKind()) {
            case IMPORT_START -> new ImportLedger(work).start(submission);
            case IMPORT_END -> new ImportLedger(work).end(submission);
            case RECORD -> record(submission, work);
            case UNKNOWN ->
                new Rejections(work)
                        .submission(submission, List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem("kind", null)));
        }
    }

    /** @param books where its import is kept; in a dry run the row itself is decided elsewhere */
    private void record(CustomerSubmission submission, Workspace books) {
        String importId = submission.getImportId();
        if (importId == null) {
            decide(submission, parts(books), ImportMode.UPSERT, null);
            return;
        }
        var ledger = new ImportLedger(books);
        ImportProgressState progress = ledger.progress(importId);
        if (!ledger.takes(submission, importId, progress)) {
            return;
        }
        ImportKind kind = ImportKind.of(progress);
        Workspace work = kind.workspace(importId, books, overlaid);
        Outcome outcome = progress.getRefused()
                ? Outcome.rejected(List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem(null, null)))
                : decide(
                        submission,
                        new DirectoryWork(
                                work,
                                names,
                                normaliser,
                                ImportLedger.mayMerge(progress, work.policy()),
                                kind.undoLog(importId, progress, work)),
                        progress.getMode(),
                        progress.getGroup());
        ledger.answer(submission, importId, progress, kind.settle(outcome, work, importId, books, overlaid));
    }

    /** Touches the import's books and nothing else: what made the submission fail may be anywhere in the state. */
    private void failed(Input.Failed failed, Workspace work) {
        CustomerSubmission submission = failed.value();
        String importId = submission.getImportId();
        if (importId == null) {
            return;
        }
        var ledger = new ImportLedger(work);
        switch (submission.getKind()) {
            case IMPORT_START -> ledger.startFailed(submission, failed.code());
            case IMPORT_END -> ledger.endFailed(submission, failed.code());
            case RECORD -> {
                ImportProgressState progress = ledger.progress(importId);
                if (ledger.takes(submission, importId, progress)) {
                    List<Problem> problems = List.of(failed.code().problem(null, null));
                    Workspace said = ImportKind.of(progress).workspace(importId, work, overlaid);
                    new Rejections(said).submission(submission, problems);
                    ledger.answer(submission, importId, progress, Outcome.rejected(problems));
                }
            }
            case UNKNOWN -> {
                // Nobody waits for it.
            }
        }
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
