package io.repertoire.customers;

import io.repertoire.schemas.CommandStatus;

/** Why a command was not carried out. The name is the stable code of {@code CommandResult.code}; the words hold no personal data. */
public enum CommandCode {
    NOT_SUPPORTED(CommandStatus.NOT_SUPPORTED, "This version does not know this command."),
    MISSING_ARGUMENT(CommandStatus.REFUSED, "The command does not say all that it needs."),
    INVALID(CommandStatus.REFUSED, "What the command gives cannot be used."),
    UNKNOWN_CUSTOMER(CommandStatus.NOT_FOUND, "There is no customer with this id or code."),
    CUSTOMER_ERASED(CommandStatus.REFUSED, "This customer was erased for good."),
    ALREADY_ERASED(CommandStatus.NO_CHANGE, "The customer was erased already."),
    ERASURE_GOES_ON(CommandStatus.NO_CHANGE, "The customer is being erased; who asked first is told when it is done."),
    STALE_VERSION(CommandStatus.CONFLICT, "The customer has changed since it was looked at; look again."),
    SAME_CUSTOMER(CommandStatus.REFUSED, "Both are the same customer."),
    ALREADY_MERGED(CommandStatus.NO_CHANGE, "The two are one customer already."),
    NOT_MERGED(CommandStatus.REFUSED, "This customer was never merged into another."),
    SURVIVOR_ERASED(CommandStatus.REFUSED, "The customer it was merged into was erased; that cannot be taken apart."),
    PRIMARY_ARCHIVED(CommandStatus.REFUSED, "The customer that is to stay is archived; bring it back first."),
    TOO_LARGE(CommandStatus.REFUSED, "Together they would be too many source records for one customer."),
    TOO_MANY_DECISIONS(CommandStatus.REFUSED, "Too many decisions of this kind hang on one of these customers."),
    ALREADY_DISTINCT(CommandStatus.NO_CHANGE, "The two are known to be different already."),
    UNKNOWN_RECORD(CommandStatus.NOT_FOUND, "The customer has no source record of this name."),
    NOTHING_LEFT(CommandStatus.REFUSED, "Nothing that says who the customer is would be left of it."),
    ALREADY_ARCHIVED(CommandStatus.NO_CHANGE, "The customer is archived already."),
    HAS_OTHER_SOURCES(CommandStatus.NO_CHANGE, "Other source records tell of this customer too; it stays as it is."),
    NOT_ARCHIVED(CommandStatus.NO_CHANGE, "The customer is not archived."),
    UNKNOWN_REVIEW(CommandStatus.NOT_FOUND, "There is no review with this id."),
    REVIEW_CLOSED(CommandStatus.NO_CHANGE, "The review is closed already."),
    NOTHING_TO_MERGE(CommandStatus.REFUSED, "The review is not about two customers; there is nothing to merge."),
    SUPPRESSED(
            CommandStatus.REFUSED,
            "These contact details are those of a person who was erased; only a later consent of theirs lifts that."),
    SAME_VALUES(CommandStatus.NO_CHANGE, "The customer says this already."),
    IN_GROUP(CommandStatus.NO_CHANGE, "The customer is in this group already."),
    NOT_IN_GROUP(CommandStatus.NO_CHANGE, "The customer is not in this group."),
    NOT_ENOUGH_POINTS(CommandStatus.REFUSED, "The customer does not have that many points."),
    NO_SUPPRESSION_SECRET(
            CommandStatus.REFUSED,
            "No suppression secret is configured, so an erased person could come back; nobody was erased."),
    ARCHIVED_WITH_SALES(
            CommandStatus.DONE, "The customer has sales, so it was archived and not erased, as this directory is set."),
    LEFT_TO_A_PERSON(
            CommandStatus.DONE,
            "Others tell of this customer too, or no suppression secret is configured: it is for a person to decide, and a review asks for it."),
    NOTHING_TO_STOP(CommandStatus.NO_CHANGE, "The customer had stopped everything already."),
    UNKNOWN_IMPORT(CommandStatus.NOT_FOUND, "There is no import with this id."),
    IMPORT_RUNNING(CommandStatus.REFUSED, "The import is not over yet."),
    IMPORT_NOT_LAST(CommandStatus.REFUSED, "Another import came after it; the latest one is undone first."),
    NOTHING_TO_UNDO(CommandStatus.REFUSED, "This import stored nothing."),
    UNDO_EXPIRED(CommandStatus.REFUSED, "What the import replaced is no longer kept, so it cannot be undone."),
    UNDO_GOES_ON(CommandStatus.NO_CHANGE, "The import is being undone; who asked first is told when it is done."),
    ALREADY_UNDONE(CommandStatus.NO_CHANGE, "The import was undone already."),
    INTERNAL_ERROR(CommandStatus.FAILED, "Repertoire failed on this command; nothing of it was done."),
    FAILED_MIDWAY(
            CommandStatus.FAILED,
            "Repertoire failed in the middle of this; what was done of it stays. Ask once more, and it goes on from there.");

    private final CommandStatus status;
    private final String message;

    CommandCode(CommandStatus status, String message) {
        this.status = status;
        this.message = message;
    }

    public CommandStatus status() {
        return status;
    }

    public String message() {
        return message;
    }
}
