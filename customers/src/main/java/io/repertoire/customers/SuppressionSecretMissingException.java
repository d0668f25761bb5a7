package io.repertoire.customers;

/**
 * Entries of the suppression list were made with a secret that the configuration no longer has: going on would let erased people come
 * back. Nothing but the configuration can mend it, so no input may be given up for it.
 */
public final class SuppressionSecretMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SuppressionSecretMissingException(String directoryId, String secretId) {
        super("directory " + directoryId + " has erased people under a suppression secret (" + secretId
                + ") that is not configured: put it back into directory." + directoryId + ".suppression.secret");
    }
}
