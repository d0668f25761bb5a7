package io.repertoire.sink;

import java.util.List;

/** Keys of records, checked. */
final class RecordKeys {

    private RecordKeys() {}

    /** True if the key is {@code directory/id}. */
    static boolean fits(String key, String directoryId, String id) {
        int slash = directoryId.length();
        return key.length() == slash + 1 + id.length()
                && key.charAt(slash) == '/'
                && key.startsWith(directoryId)
                && key.endsWith(id);
    }

    /** True if it is {@code directory/system/id}. */
    static boolean fits(String key, String directoryId, String system, String id) {
        return key.equals(directoryId + '/' + system + '/' + id);
    }

    /** False, and a dead letter, if the record has no key of the form {@code directory/id}. */
    static boolean checked(InputRecord record, List<SetAside> setAside) {
        String key = record.key();
        if (key != null && key.indexOf('/') > 0 && key.indexOf('\0') < 0) {
            return true;
        }
        setAside.add(SetAside.of(record, "WRONG_KEY", "the key is not directory/id"));
        return false;
    }
}
