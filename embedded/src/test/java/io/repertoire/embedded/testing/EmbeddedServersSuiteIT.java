package io.repertoire.embedded.testing;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
class EmbeddedServersSuiteIT extends ServersSuite {

    EmbeddedServersSuiteIT(Servers servers) {
        super(servers);
    }
}
