package io.repertoire.customers.keys;

/** Entries of the suppression list were made with a secret that is not configured: going on would let erased people come back. */
public final class SuppressionSecretMissingException extends SecretMissingException {

    private static final long serialVersionUID = 1L;

    public SuppressionSecretMissingException(String directoryId, String secretId) {
        super("directory " + directoryId + " has erased people under a suppression secret (" + secretId
                + ") that is not configured: put it back into directory." + directoryId + ".suppression.secret");
    }
}
