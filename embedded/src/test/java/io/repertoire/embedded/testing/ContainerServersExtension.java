package io.repertoire.embedded.testing;

import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

/** The same servers as containers. Test classes are skipped where there is no Docker, or no way to its images. */
public final class ContainerServersExtension extends ServersExtension {

    @Override
    protected Servers open() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("Docker is not there");
        }
        try {
            return ContainerServers.start();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ContainerFetchException) {
                    throw new TestAbortedException("the images are not there", e);
                }
            }
            throw e;
        }
    }
}
