package io.repertoire.customers;

import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.state.ImportState;

/** Which of a directory's imports is the latest that stands: the one that may be undone, once it is over. */
final class LastImport {

    private final Workspace work;

    LastImport(Workspace work) {
        this.work = work;
    }

    /** From now on it is this one. The caller puts its state. */
    void follow(String importId, ImportState state) {
        state.setPrevious(work.directory().getLastImport());
        work.directory().setLastImport(importId);
        work.keepDirectory();
    }

    /** It stored nothing, or nothing of it is left: the one before it is the last. */
    void leave(String importId, ImportState state) {
        if (!importId.equals(work.directory().getLastImport())) {
            return;
        }
        String before = state.getPrevious();
        ImportState earlier = before == null ? null : work.get(StateTable.IMPORTS, before);
        while (earlier != null
                && (earlier.getStatus() == ImportStatus.UNDONE || earlier.getStatus() == ImportStatus.REFUSED)) {
            before = earlier.getPrevious();
            earlier = before == null ? null : work.get(StateTable.IMPORTS, before);
        }
        work.directory().setLastImport(before);
        work.keepDirectory();
    }
}
