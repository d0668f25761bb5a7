package io.repertoire.app.process;

/** A command cannot go on; the message is for the person who gave it, in their words. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Something went wrong, or a file was refused. */
    public static final int FAILED = 1;
    /** The command line or the configuration is wrong, or this is not built yet. */
    public static final int USAGE = 2;

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public static Failure failed(String message) {
        return new Failure(FAILED, message);
    }

    public static Failure failed(String message, Throwable cause) {
        return new Failure(FAILED, message, cause);
    }

    public static Failure usage(String message) {
        return new Failure(USAGE, message);
    }

    public static Failure notBuilt(String what) {
        return new Failure(USAGE, what + " is not built yet.");
    }

    public int exitCode() {
        return exitCode;
    }
}
