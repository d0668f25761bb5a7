package io.repertoire.embedded;

/** Another process runs servers in this data folder; the message says which. */
public final class DataFolderInUseException extends EmbeddedServerException {
    private static final long serialVersionUID = 1L;

    public DataFolderInUseException(String message) {
        super(message);
    }
}
