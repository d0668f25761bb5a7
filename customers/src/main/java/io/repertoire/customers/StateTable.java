package io.repertoire.customers;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.state.AwaitedState;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.DryRunState;
import io.repertoire.schemas.state.DueState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.MemberPage;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.state.SuppressionState;
import io.repertoire.schemas.state.UndoState;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A table of a directory's state. The name is also that of the store that keeps it, and so part of the changelog topic's name:
 * it never changes. Keys are {@code directory/…} as written beside each table.
 *
 * @param name the store's name
 * @param type the generated class of its values
 * @param schema the schema its values are encoded with, Avro single-object encoding
 */
public record StateTable<T extends SpecificRecord>(String name, Class<T> type, Schema schema) {

    /** {@code directory}. */
    public static final StateTable<DirectoryState> DIRECTORIES =
            new StateTable<>("directories", DirectoryState.class, DirectoryState.getClassSchema());
    /** {@code directory/customer_id}. */
    public static final StateTable<CustomerState> CUSTOMERS =
            new StateTable<>("customers", CustomerState.class, CustomerState.getClassSchema());
    /** {@code directory/customer_id/page}, page from 1. */
    public static final StateTable<MemberPage> MEMBER_PAGES =
            new StateTable<>("member-pages", MemberPage.class, MemberPage.getClassSchema());
    /** {@code directory/source_key}. */
    public static final StateTable<SourceRecordState> SOURCE_RECORDS =
            new StateTable<>("source-records", SourceRecordState.class, SourceRecordState.getClassSchema());
    /** {@code directory/kind/value}, kind one of {@code email}, {@code phone}, {@code card}, {@code ext}, {@code code}. */
    public static final StateTable<IdentifierState> IDENTIFIERS =
            new StateTable<>("identifiers", IdentifierState.class, IdentifierState.getClassSchema());
    /** {@code directory/import_id}. */
    public static final StateTable<ImportState> IMPORTS =
            new StateTable<>("imports", ImportState.class, ImportState.getClassSchema());
    /** {@code directory/import_id}: read and written with every row, so kept small. */
    public static final StateTable<ImportProgressState> IMPORT_PROGRESS =
            new StateTable<>("import-progress", ImportProgressState.class, ImportProgressState.getClassSchema());
    /** {@code directory/review_id}. */
    public static final StateTable<Review> REVIEWS = new StateTable<>("reviews", Review.class, Review.getClassSchema());
    /** {@code directory/system/sale_id}. */
    public static final StateTable<SaleState> SALES =
            new StateTable<>("sales", SaleState.class, SaleState.getClassSchema());

    /** {@code directory/command_id}: the answer it got, so that the same command again is answered alike; for 30 days. */
    public static final StateTable<CommandResult> COMMANDS =
            new StateTable<>("commands", CommandResult.class, CommandResult.getClassSchema());
    /** {@code directory/job_id}: long jobs that are not over yet. */
    public static final StateTable<JobState> JOBS = new StateTable<>("jobs", JobState.class, JobState.getClassSchema());
    /** {@code directory/source_key}: what waits for a source record that nobody has told of yet. */
    public static final StateTable<AwaitedState> AWAITED =
            new StateTable<>("awaited", AwaitedState.class, AwaitedState.getClassSchema());
    /**
     * {@code directory/time/customer_id}, or {@code command/command_id} {@code awaited/source_key} or
     * {@code import/import_id} in its place: what is due when,
     * first things first.
     */
    public static final StateTable<DueState> DUE = new StateTable<>("due", DueState.class, DueState.getClassSchema());

    /** {@code directory/keyed hash}: what led to erased people. */
    public static final StateTable<SuppressionState> SUPPRESSIONS =
            new StateTable<>("suppressions", SuppressionState.class, SuppressionState.getClassSchema());

    /**
     * {@code directory/import_id/table/key} without the directory: what a dry run that goes on has in place of another table's
     * value. The one table that may lose what was put there: {@link DirectoryView#epoch} tells.
     */
    public static final StateTable<DryRunState> DRY_RUN =
            new StateTable<>("dry-run", DryRunState.class, DryRunState.getClassSchema());

    /** {@code directory/import_id/number}: what an import changed of what was there, the latest first; for 30 days. */
    public static final StateTable<UndoState> UNDO =
            new StateTable<>("undo", UndoState.class, UndoState.getClassSchema());

    public static final List<StateTable<?>> ALL = List.of(
            DIRECTORIES,
            CUSTOMERS,
            MEMBER_PAGES,
            SOURCE_RECORDS,
            IDENTIFIERS,
            IMPORTS,
            IMPORT_PROGRESS,
            REVIEWS,
            SALES,
            COMMANDS,
            JOBS,
            AWAITED,
            DUE,
            SUPPRESSIONS,
            DRY_RUN,
            UNDO);

    @Override
    public String toString() {
        return name;
    }
}
