package io.repertoire.ingest.xlsx;

/**
 * Why a workbook was not taken.
 *
 * @param code stable
 * @param message for the person who sent it: what is wrong and what to do; no content of the file
 */
public record WorkbookRefusal(String code, String message) {

    static final String CSV_INSTEAD = " Open it in Excel, choose \"Save as\" and save as CSV, then send that file.";

    static WorkbookRefusal broken() {
        return new WorkbookRefusal("WORKBOOK_BROKEN", "This workbook cannot be read." + CSV_INSTEAD);
    }

    static WorkbookRefusal tooLarge() {
        return new WorkbookRefusal("WORKBOOK_TOO_LARGE", "This workbook is too large to be read as one." + CSV_INSTEAD);
    }

    static WorkbookRefusal bomb() {
        return new WorkbookRefusal(
                "WORKBOOK_BOMB", "This workbook unpacks to many times its size, which no list of customers does.");
    }

    static WorkbookRefusal doctype() {
        return new WorkbookRefusal(
                "WORKBOOK_DOCTYPE", "This workbook has a document type declaration, which Excel never writes.");
    }

    static WorkbookRefusal noSheet() {
        return new WorkbookRefusal("NO_SUCH_SHEET", "The workbook has no sheet of that name.");
    }
}
