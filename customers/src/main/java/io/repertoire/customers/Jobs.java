package io.repertoire.customers;

import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.JobState;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Work that is too much for one input goes on in steps (DESIGN §4.2). A job is a value in the state; whoever drives the machine
 * feeds it {@link Input.Continue} until the job is gone. Each step does a bounded piece, moves the job's cursor and publishes
 * what it changed like any other input, so a step that is cut off is simply done again.
 */
final class Jobs {

    /** Phase of a job that failed: it is kept for whoever asks again, and tried again at the next start. */
    private static final int FAILED = -1;

    /** Jobs of a directory that are looked through for one about a customer. */
    private static final int MOST = 1_000;

    private final DirectoryWork work;

    Jobs(DirectoryWork work) {
        this.work = work;
    }

    /** One kind of job. */
    interface Step {
        /** @return the final answer once everything is done, else {@code null}: to be continued */
        @Nullable
        Answer run(JobState job);
    }

    /** A command's job; its id is the command's. Its first step is run by the next {@link Input.Continue}. */
    JobState start(JobKind kind, CustomerCommand command) {
        JobState job = blank(command.getCommandId(), kind);
        job.setCommandId(command.getCommandId());
        job.setCommandType(command.getType());
        job.setActor(command.getActor());
        work.state.put(StateTable.JOBS, job.getJobId(), job);
        return job;
    }

    /** A job that nobody asked for by a command. Does nothing if there is one of this id already. */
    void start(JobKind kind, String jobId) {
        if (work.state.get(StateTable.JOBS, jobId) == null) {
            work.state.put(StateTable.JOBS, jobId, blank(jobId, kind));
        }
    }

    private JobState blank(String jobId, JobKind kind) {
        return blank(jobId, kind, work.state.now());
    }

    static JobState blank(String jobId, JobKind kind, long now) {
        return new JobState(
                jobId, kind, null, CommandType.UNKNOWN, null, null, null, 0, null, 0L, 0L, 0L, now, new HashMap<>(0));
    }

    /** One step. A job that is over, or was never there, is nothing to do. */
    void step(String jobId) {
        JobState job = work.state.get(StateTable.JOBS, jobId);
        if (job == null) {
            return;
        }
        Step step = stepOf(job.getKind());
        Answer end = step == null ? Answer.of(CommandCode.NOT_SUPPORTED) : step.run(job);
        if (end == null || end.isCarriedOut()) {
            work.publish(
                    job.getCommandId() == null ? "job/" + jobId : "command/" + job.getCommandId(),
                    job.getImportId(),
                    job.getActor() == null ? null : "by " + job.getActor());
        } else {
            work.state.discard();
        }
        if (end == null) {
            work.state.put(StateTable.JOBS, jobId, job);
        } else {
            finish(job, end);
        }
    }

    /**
     * A step failed through a bug: whoever asked is told, and what earlier steps did stays. A job that must not stay half done is kept;
     * any other ends there.
     */
    void abandon(String jobId) {
        JobState job = work.state.get(StateTable.JOBS, jobId);
        if (job == null) {
            return;
        }
        if (isKept(job)) {
            job.setPhase(FAILED);
            work.state.put(StateTable.JOBS, jobId, job);
        } else {
            work.state.delete(StateTable.JOBS, jobId);
        }
        if (job.getCommandId() != null) {
            // Not remembered: the same command again is to go on with it.
            work.state.delete(StateTable.COMMANDS, job.getCommandId());
            CommandHandler.failed(work.state, job.getCommandId(), job.getCommandType(), CommandCode.FAILED_MIDWAY);
        }
    }

    /** An erasure counts as one also while it is a vendor's command that has not begun it. */
    private static boolean isKept(JobState job) {
        return job.getKind() == JobKind.ERASE
                || job.getKind() == JobKind.IMPORT_UNDO
                || (job.getKind() == JobKind.COMMAND && job.getCommandType() == CommandType.ERASE);
    }

    static boolean hasFailed(JobState job) {
        return job.getPhase() == FAILED;
    }

    /** One that failed goes on, and answers this command instead of the one before. */
    void resume(JobState job, CustomerCommand command) {
        job.setPhase(0);
        job.setCommandId(command.getCommandId());
        job.setActor(command.getActor());
        work.state.put(StateTable.JOBS, job.getJobId(), job);
    }

    /** The job of that kind that is about a customer, failed or not. */
    @Nullable
    JobState about(JobKind kind, String customerId) {
        for (String jobId : work.state.keys(StateTable.JOBS, null, MOST)) {
            JobState job = work.state.get(StateTable.JOBS, jobId);
            if (job != null && job.getKind() == kind && customerId.equals(job.getCustomerId())) {
                return job;
            }
        }
        return null;
    }

    private void finish(JobState job, Answer end) {
        work.state.delete(StateTable.JOBS, job.getJobId());
        if (job.getCommandId() != null) {
            CommandHandler.answer(work.state, job.getCommandId(), job.getCommandType(), end);
        }
    }

    private @Nullable Step stepOf(JobKind kind) {
        return switch (kind) {
            case ERASE -> new ErasureSteps(work);
            case MERGE_ALL -> new MergeAll(work);
            case RECOMPUTE -> new Recompute(work);
            case SALES_FOLLOW -> new SaleMoves(work.state, work.members, work.sales);
            case DRY_RUN_CLEAR -> new DryRuns(work.state);
            case COMMAND -> new Awaited.Step(work);
            case IMPORT_UNDO -> new ImportUndo(work);
            case UNDO_EXPIRE -> new UndoExpiry(work.state);
            case UNKNOWN -> null;
        };
    }
}
