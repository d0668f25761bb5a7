package io.repertoire.app.process;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What a person is told about a failure: never a class name, never a stack trace; those are in the log. */
public final class FailureText {

    private FailureText() {}

    /** One or two sentences. */
    public static String of(Throwable thrown) {
        for (Throwable cause : chain(thrown)) {
            if (cause instanceof Failure && cause.getMessage() != null) {
                return cause.getMessage();
            }
            if (cause instanceof AccessDeniedException denied) {
                return "There is no permission to use " + denied.getFile() + ".";
            }
            if (cause instanceof NoSuchFileException missing) {
                return "There is no file " + missing.getFile() + ".";
            }
            if (diskFull(cause)) {
                return "The disk is full.";
            }
            if (cause instanceof FileSystemException file && file.getReason() != null) {
                return file.getFile() + " cannot be used: " + file.getReason() + ".";
            }
            if (cause instanceof io.repertoire.schemas.RegistryUnavailableException) {
                return "The schema registry cannot be reached.";
            }
            if (cause instanceof io.repertoire.schemas.SchemaRefusedException
                    || cause instanceof io.repertoire.embedded.EmbeddedServerException) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof SQLException sql) {
                return ofDatabase(sql);
            }
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException
                    || cause instanceof org.apache.kafka.common.errors.DisconnectException) {
                return "Kafka did not answer in time.";
            }
            if (cause instanceof org.apache.kafka.common.errors.AuthenticationException) {
                return "Kafka refused the login.";
            }
            if (cause instanceof org.apache.kafka.common.errors.AuthorizationException) {
                return "Kafka does not allow this.";
            }
            if (cause instanceof ConnectException) {
                return "A server cannot be reached.";
            }
            if (cause instanceof OutOfMemoryError) {
                return "There is not enough memory; REPERTOIRE_JAVA_OPTS=-Xmx2g gives more.";
            }
        }
        return "Something happened that Repertoire did not expect.";
    }

    /** Whether that is why, however deep down. */
    static boolean isDiskFull(Throwable thrown) {
        return chain(thrown).stream().anyMatch(FailureText::diskFull);
    }

    /** Said of a file when one is opened, and by no class of its own while one is written. */
    private static boolean diskFull(Throwable cause) {
        String words = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        return cause instanceof IOException && words != null && words.contains("No space left");
    }

    private static String ofDatabase(SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("28")) {
            return "PostgreSQL refused the login: see jdbc.user and jdbc.password.";
        }
        if (state.startsWith("3D")) {
            return "PostgreSQL has no such database: see jdbc.url.";
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return "PostgreSQL cannot be reached.";
        }
        if (state.startsWith("53")) {
            return "PostgreSQL has no room left.";
        }
        return "PostgreSQL could not do this (code " + (state.isEmpty() ? "unknown" : state) + ").";
    }

    private static List<Throwable> chain(Throwable thrown) {
        var chain = new ArrayList<Throwable>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
