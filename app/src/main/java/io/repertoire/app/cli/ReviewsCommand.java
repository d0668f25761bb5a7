package io.repertoire.app.cli;

import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.sink.DirectoryQueries;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reviews",
        description = "Questions for a person: are these the same customer?",
        subcommands = {
            ReviewsCommand.ListAll.class,
            ReviewsCommand.Ignore.class,
            ReviewsCommand.Merge.class,
            ReviewsCommand.MergeAll.class
        })
final class ReviewsCommand extends Action {

    @Command(name = "list", description = "The open questions, oldest first.")
    static final class ListAll extends Action {
        @Mixin
        final DirectoryOption directory = new DirectoryOption();

        @Override
        public Integer call() throws SQLException, IOException {
            String inDirectory = directory.id();
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                long[] count = {0};
                new DirectoryQueries(visit.database()).openReviews(inDirectory, review -> {
                    count[0]++;
                    root().terminal().answer(root().json() ? ReviewText.json(review) : ReviewText.line(review));
                });
                root().terminal().say(count[0] == 1 ? "1 open question." : count[0] + " open questions.");
                return 0;
            }
        }
    }

    @Command(name = "ignore", description = "They are different people: never asked nor merged again.")
    static final class Ignore extends Asking {
        @Parameters(paramLabel = "ID", description = "Review.")
        String id = "";

        @Override
        CommandType type() {
            return CommandType.REVIEW_IGNORE;
        }

        @Override
        void describe(CustomerCommand command) {
            command.setReviewId(id);
        }
    }

    @Command(name = "merge", description = "They are one.")
    static final class Merge extends Asking {
        @Parameters(paramLabel = "ID", description = "Review.")
        String id = "";

        @Option(names = "--primary", paramLabel = "ID", description = "The customer that stays (default: the oldest).")
        @Nullable
        String primary;

        @Override
        CommandType type() {
            return CommandType.REVIEW_MERGE;
        }

        @Override
        void describe(CustomerCommand command) {
            command.setReviewId(id);
            command.setCustomerId(primary);
        }
    }

    @Command(
            name = "merge-all",
            description = {
                "Answer every open question with: they are the same.",
                "Left open: questions that are not about two being one, and customers that a person",
                "called different."
            })
    static final class MergeAll extends Asking {
        @Override
        CommandType type() {
            return CommandType.REVIEW_MERGE_ALL;
        }

        @Override
        void describe(CustomerCommand command) {
            // It is about whatever is open.
        }
    }
}
