package io.repertoire.embedded.testing;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skipped, not failed, without Docker or its images. */
@Tag("docker")
@ExtendWith(ContainerServersExtension.class)
class ContainerServersSuiteIT extends ServersSuite {

    ContainerServersSuiteIT(Servers servers) {
        super(servers);
    }
}
