package io.repertoire.streams;

import io.repertoire.schemas.RegistryUnavailableException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells a server that is away, which comes back, from a fault that does not. */
final class Trouble {

    private Trouble() {}

    /** True if the same again may succeed without anybody doing anything. */
    static boolean passes(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof RegistryUnavailableException
                    || t instanceof RetriableException
                    || t instanceof java.net.ConnectException
                    || t instanceof java.net.UnknownHostException) {
                return true;
            }
            if (String.valueOf(t.getMessage()).contains("No resolvable bootstrap urls")) {
                return true; // a name that is not known yet: the broker's container is still starting
            }
        }
        return false;
    }
}
