package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.People;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People in the back office: give a command to the machine and to the model, and see that both did it or neither. */
final class Office {

    private final Random random;
    private final History history;
    private final SlowDirectory model;
    private final SlowCommands slow;
    private final Town town;
    private final boolean longJobs;
    private int given;
    private Instant now = People.RECEIVED;
    private @Nullable CustomerCommand last;

    Office(Random random, History history, SlowDirectory model, Town town, boolean longJobs) {
        this.longJobs = longJobs;
        this.random = random;
        this.history = history;
        this.model = model;
        this.slow = new SlowCommands(model);
        this.town = town;
    }

    /** @return what was asked, for messages */
    String anyCommand(Instant at) {
        now = at;
        given++;
        SlowCustomer one = anyone();
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> {
                SlowCustomer other = anyone();
                return ask(of(CommandType.MERGE, one, other), stale -> !stale && slow.merge(one, other));
            }
            case 4, 5, 6 -> {
                SlowCustomer absorbed = anyAbsorbed();
                CustomerCommand command = of(CommandType.UNMERGE, null, absorbed);
                return ask(command, stale -> slow.unmerge(absorbed));
            }
            case 7, 8 -> {
                return split(one.today());
            }
            case 9 -> {
                SlowCustomer other = anyone();
                return ask(of(CommandType.DISTINCT, one, other), stale -> !stale && slow.distinct(one, other));
            }
            case 10, 11 -> {
                boolean away = random.nextBoolean();
                CommandType type = away ? CommandType.ARCHIVE : CommandType.UNARCHIVE;
                return ask(of(type, one, null), stale -> !stale && slow.archive(one, away));
            }
            case 12, 13 -> {
                return ignore();
            }
            case 14, 15 -> {
                return mergeReview();
            }
            case 16, 17 -> {
                return create();
            }
            case 18, 19, 20 -> {
                Map<String, String> fields = town.correction();
                CustomerCommand command = of(CommandType.EDIT, one, null);
                command.setCustomer(new Said("", "back-office", null, now, fields).details());
                return ask(
                        command, stale -> !stale && slow.edit(one, fields, "command/" + command.getCommandId(), now));
            }
            case 21 -> {
                int points = random.nextInt(40) - 15;
                CustomerCommand command = of(CommandType.POINTS_ADJUST, one, null);
                command.setPoints((long) points);
                return ask(
                        command, stale -> !stale && slow.points(one, points, "command/" + command.getCommandId(), now));
            }
            case 22, 23 -> {
                return group(one);
            }
            case 24 -> {
                return rare(one);
            }
            default -> {
                return again();
            }
        }
    }

    private SlowCustomer anyone() {
        return model.customers.get(random.nextInt(model.customers.size()));
    }

    private SlowCustomer anyAbsorbed() {
        List<SlowCustomer> absorbed =
                model.customers.stream().filter(c -> !c.isLive()).toList();
        return absorbed.isEmpty() || random.nextInt(10) == 0 ? anyone() : absorbed.get(random.nextInt(absorbed.size()));
    }

    private CustomerCommand of(CommandType type, @Nullable SlowCustomer customer, @Nullable SlowCustomer other) {
        var command = new CustomerCommand();
        command.setCommandId("cmd-" + given);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("alice");
        command.setIssuedAt(now);
        command.setCustomerId(customer == null ? null : model.idOf(customer));
        command.setOtherCustomerId(other == null ? null : model.idOf(other));
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        if (customer != null && random.nextInt(20) == 0) {
            // What its author saw is not what there is.
            command.setExpectedVersion(-1L);
        }
        return command;
    }

    /** What the model does about it, if its author saw the customer as it is. */
    private interface Doing {
        boolean done(boolean stale);
    }

    private String ask(CustomerCommand command, Doing doing) {
        String what = command.toString();
        List<CommandResult> results = history.command(command, now);
        CommandStatus first = results.get(0).getStatus();
        boolean done = doing.done(command.getExpectedVersion() != null);
        assertThat(first == CommandStatus.DONE || first == CommandStatus.ACCEPTED)
                .as("%s: %s", what, results)
                .isEqualTo(done);
        if (first == CommandStatus.ACCEPTED) {
            assertThat(results.get(results.size() - 1).getStatus())
                    .as("%s", what)
                    .isEqualTo(CommandStatus.DONE);
        }
        last = command;
        return what;
    }

    private String split(SlowCustomer customer) {
        Set<SlowRecord> away = new LinkedHashSet<>();
        for (SlowRecord record : customer.members) {
            if (random.nextInt(3) == 0) {
                away.add(record);
            }
        }
        if (away.isEmpty()) {
            return "nothing";
        }
        CustomerCommand command = of(CommandType.SPLIT, customer, null);
        away.forEach(r -> command.getRecordIds().add(model.sourceKeys.get(r)));
        return ask(command, stale -> !stale && slow.split(customer, away));
    }

    private SlowReviews.@Nullable Question anyOpen() {
        List<SlowReviews.Question> open = model.reviews.openBetween();
        return open.isEmpty() ? null : open.get(random.nextInt(open.size()));
    }

    private String ignore() {
        SlowReviews.Question question = anyOpen();
        if (question == null) {
            return "nothing";
        }
        CustomerCommand command = of(CommandType.REVIEW_IGNORE, null, null);
        command.setReviewId(question.id);
        return ask(command, stale -> {
            slow.ignore(question);
            return true;
        });
    }

    private String mergeReview() {
        SlowReviews.Question question = anyOpen();
        if (question == null) {
            return "nothing";
        }
        List<SlowCustomer> active = slow.active(question);
        SlowCustomer chosen = random.nextBoolean() ? null : active.get(random.nextInt(active.size()));
        CustomerCommand command = of(CommandType.REVIEW_MERGE, null, null);
        command.setReviewId(question.id);
        command.setCustomerId(chosen == null ? null : model.idOf(chosen));
        return ask(command, stale -> {
            slow.merge(question, chosen);
            return true;
        });
    }

    private String create() {
        Said typed = town.next(10_000 + given, now);
        CustomerCommand command = of(CommandType.CREATE, null, null);
        command.setCustomer(typed.details());
        var said = new Said("command/" + command.getCommandId(), "back-office", null, now, typed.fields());
        return ask(command, stale -> model.hear(said) != null);
    }

    private String group(SlowCustomer one) {
        boolean add = random.nextBoolean();
        String group = "g" + random.nextInt(3);
        CustomerCommand command = of(add ? CommandType.GROUP_ADD : CommandType.GROUP_REMOVE, one, null);
        command.setGroup(group);
        String recordId = "command/" + command.getCommandId();
        return ask(
                command,
                stale ->
                        !stale && (add ? slow.addGroup(one, group, recordId) : slow.removeGroup(one, group, recordId)));
    }

    private String rare(SlowCustomer one) {
        switch (random.nextInt(5)) {
            case 0 -> {
                if (!longJobs) {
                    return "nothing";
                }
                return ask(of(CommandType.REVIEW_MERGE_ALL, null, null), stale -> {
                    slow.mergeAll();
                    return true;
                });
            }
            case 1 -> {
                CustomerCommand command = of(CommandType.ARCHIVE, null, null);
                command.setCustomerId("nobody");
                return ask(command, stale -> false);
            }
            default -> {
                return ask(of(CommandType.ERASE, one, null), stale -> !stale && slow.erase(one));
            }
        }
    }

    /** The same command once more is answered as before and not carried out. */
    private String again() {
        CustomerCommand command = last;
        if (command == null) {
            return "nothing";
        }
        List<CommandResult> results = history.command(command, now);
        assertThat(results).hasSize(1);
        assertThat(history.lastSent(Topics.DIRECTORY)).isEmpty();
        return "again " + command.getCommandId();
    }
}
