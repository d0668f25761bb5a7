package io.repertoire.customers.keys;

/**
 * The state was made with a secret that the configuration does not have. Nothing but the configuration can mend it, so no input may be
 * given up for it: the machine throws this and nothing has been done.
 */
public abstract class SecretMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretMissingException(String message) {
        super(message);
    }
}
