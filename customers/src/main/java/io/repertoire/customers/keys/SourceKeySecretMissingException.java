package io.repertoire.customers.keys;

/** Keys of source records were made with another secret: going on would take everything that arrives again for new. */
public final class SourceKeySecretMissingException extends SecretMissingException {

    private static final long serialVersionUID = 1L;

    public SourceKeySecretMissingException(String directoryId, String secretId) {
        super("directory " + directoryId + " was begun with another source key secret (" + secretId
                + "): put it back into directory." + directoryId
                + ".source.key.secret, or as file source-key-secret into the data"
                + " folder; if it is lost, say so with directory." + directoryId + ".source.key.lost=" + secretId);
    }
}
