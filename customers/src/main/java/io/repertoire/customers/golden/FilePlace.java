package io.repertoire.customers.golden;

import io.repertoire.schemas.state.SourceRecordState;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which of two sources that say something of one time and are equally complete wins. All rows of a file are of one time, that of the
 * file, so of two of them it is the later row: what a person who reads the file expects. Else it is what is smaller, for no reason
 * but that it is the same whatever order they came in. A total order.
 */
final class FilePlace {

    static final Comparator<SourceRecordState> LATER_FIRST = FilePlace::compare;

    private FilePlace() {}

    private static int compare(SourceRecordState a, SourceRecordState b) {
        Long lineOfA = lineOf(a);
        Long lineOfB = lineOf(b);
        if (lineOfA != null && lineOfB != null) {
            int byFile = fileOf(a).compareTo(fileOf(b));
            int byPlace = byFile == 0 ? Long.compare(lineOfB, lineOfA) : byFile;
            if (byPlace != 0) {
                return byPlace;
            }
        } else if (lineOfA != null || lineOfB != null) {
            return lineOfA == null ? -1 : 1;
        }
        return a.getSourceKey().compareTo(b.getSourceKey());
    }

    private static @Nullable Long lineOf(SourceRecordState source) {
        return source.getImportId() == null ? null : source.getLine();
    }

    /** A row's record is called FILE/LINE, the file by its content: the same in every import of it. */
    private static String fileOf(SourceRecordState source) {
        String recordId = source.getRecordId();
        int slash = recordId.lastIndexOf('/');
        return slash < 0 ? recordId : recordId.substring(0, slash);
    }
}
