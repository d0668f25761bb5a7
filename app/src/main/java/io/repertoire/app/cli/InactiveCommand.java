package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.sink.DirectoryQueries;
import io.repertoire.sink.InactiveCustomer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whom a retention policy is about (P48): made to be read by a script that archives or erases them. */
@Command(
        name = "inactive",
        description =
                "Ids of customers not heard of for so long, by any record or purchase; one a line, the longest first.")
final class InactiveCommand extends Action {

    private static final int FEWEST_DAYS = 1;

    @Parameters(paramLabel = "DAYS", description = "For how many days.")
    int days;

    @Mixin
    final DirectoryOption directory = new DirectoryOption();

    @Override
    public Integer call() throws SQLException, IOException {
        if (days < FEWEST_DAYS) {
            throw Failure.usage("DAYS is a number of 1 or more.");
        }
        String inDirectory = directory.id();
        Instant since = Clock.systemUTC().instant().minus(Duration.ofDays(days));
        try (Visit visit = Visit.open(root(), Need.DATABASE)) {
            new DirectoryQueries(visit.database()).inactive(inDirectory, since, customer -> root().terminal()
                    .answer(root().json() ? json(customer) : customer.customerId()));
            return 0;
        }
    }

    private static String json(InactiveCustomer customer) {
        return Json.object(node -> node.put("customerId", customer.customerId())
                .put("code", customer.code())
                .put("lastActivityAt", customer.lastActivityAt().toString()));
    }
}
