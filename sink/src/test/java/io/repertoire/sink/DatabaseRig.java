package io.repertoire.sink;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of the tables have in common: a database of their own, and readers that write to it. */
@ExtendWith(ServersExtension.class)
abstract class DatabaseRig {

    final InMemoryWire wire = new InMemoryWire();
    final Servers servers;
    TestTables tables;

    DatabaseRig(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void migrate() {
        tables = new TestTables(servers.newDatabase());
    }

    @AfterEach
    void close() {
        tables.close();
    }

    TestTables.Reader directory() throws Exception {
        return tables.reader(Family.DIRECTORY, wire).take(Topics.DIRECTORY.name());
    }

    TestTables.Reader history() throws Exception {
        return tables.reader(Family.HISTORY, wire).takeAll();
    }

    InputRecord image(String id, long version, long offset) {
        return Records.image(wire, Records.customer("main", id, version), offset, true);
    }
}
