package io.repertoire.customers;

import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What happens in a directory, drawn at random: rows, sales, commands, imports. Everybody of one town has contact points of its own. */
final class UndoneTown {

    private static final List<String> GIVEN = List.of("Jean", "Marie", "Luc", "Sophie", "J", "");
    private static final List<String> FAMILY = List.of("Tremblay", "Roy", "Gagnon", "Nguyen", "T", "");

    private final Random random;
    private final String name;
    private final int size;
    private int next;

    UndoneTown(Random random, String name, int size) {
        this.random = random;
        this.name = name;
        this.size = size;
    }

    People person() {
        next++;
        if (random.nextInt(10) == 0) {
            // A till that knows a number and nothing else.
            return People.nameless()
                    .phone(phone())
                    .attribute("town", name)
                    .at(random.nextInt(600))
                    .recordId(name + next);
        }
        String given = GIVEN.get(random.nextInt(GIVEN.size()));
        String family = FAMILY.get(random.nextInt(FAMILY.size()));
        People person = given.isEmpty() && family.isEmpty() ? People.nameless() : People.named(given, family);
        person.from(random.nextInt(3) == 0 ? "square" : "till").attribute("town", name);
        if (random.nextInt(3) > 0) {
            person.email(name + random.nextInt(size) + "@x.ca");
        }
        if (random.nextInt(2) > 0) {
            person.phone(phone());
        }
        if (random.nextInt(3) == 0) {
            person.withId(name + random.nextInt(size));
        }
        if (random.nextInt(8) == 0) {
            person.card(name + "-card-" + random.nextInt(size));
        }
        if (random.nextInt(4) == 0) {
            person.title(random.nextInt(6) == 0 ? "\\N" : "title " + random.nextInt(3));
        }
        if (random.nextInt(8) == 0) {
            person.group("own " + random.nextInt(2));
        }
        if (random.nextInt(5) == 0) {
            person.consent(consent());
        }
        if (random.nextInt(20) == 0) {
            person.email("info@" + name + ".ca");
        }
        return person.at(random.nextInt(600)).recordId(name + next);
    }

    private String phone() {
        return "514555" + (name.charAt(0) % 10) + String.format(java.util.Locale.ROOT, "%03d", random.nextInt(size));
    }

    private SubmittedConsent consent() {
        return new SubmittedConsent(
                random.nextBoolean() ? ConsentChannel.EMAIL : ConsentChannel.SMS,
                ConsentPurpose.MARKETING,
                random.nextBoolean() ? ConsentStatus.DENIED : ConsentStatus.GRANTED,
                null,
                random.nextBoolean() ? null : People.DAY.plusSeconds(86_400L * random.nextInt(600)),
                ConsentBasis.EXPRESS,
                null);
    }

    /** Anything at all that is no import's. */
    void anything(UndoneDirectory to) {
        int kind = random.nextInt(10);
        if (kind < 6 || mine(to).isEmpty()) {
            to.say(person().submission());
        } else if (kind == 6) {
            sale(to);
        } else {
            command(to);
        }
    }

    private List<CustomerState> mine(UndoneDirectory to) {
        var mine = new ArrayList<CustomerState>();
        for (SourceRecordState record : to.directory.sourceRecords()) {
            CustomerState owner =
                    to.directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + record.getCustomerId());
            if (record.getRecordId().startsWith(name) && owner != null) {
                mine.add(owner);
            }
        }
        // Whatever codes they have.
        mine.sort(java.util.Comparator.comparing(CustomerState::getCustomerId));
        return mine;
    }

    private String anyone(List<CustomerState> among) {
        return among.get(random.nextInt(among.size())).getCustomerId();
    }

    void sale(UndoneDirectory to) {
        sale(to, random.nextInt(3) == 0 ? new CustomerReference(anyone(mine(to)), null, null) : null);
    }

    /** Of somebody of whom the till may not have told yet: then it waits. */
    void saleAhead(UndoneDirectory to) {
        sale(to, new CustomerReference(null, name + random.nextInt(size), null));
    }

    private void sale(UndoneDirectory to, @Nullable CustomerReference reference) {
        next++;
        to.directory.apply(new Input.Sale(Sales.event(
                name + "-sale-" + next,
                SaleOperation.RECORD,
                name + "-s" + next,
                reference,
                reference == null ? person().details() : null,
                People.DAY.plusSeconds(86_400L * random.nextInt(80)))));
    }

    void command(UndoneDirectory to) {
        List<CustomerState> all = mine(to);
        String one = anyone(all);
        String other = anyone(all);
        switch (random.nextInt(11)) {
            case 0, 1 ->
                to.give(CommandType.MERGE, c -> {
                    c.setCustomerId(one);
                    c.setOtherCustomerId(other);
                });
            case 2 -> to.give(CommandType.UNMERGE, c -> c.setOtherCustomerId(one));
            case 3 -> {
                List<SourceRecordState> records = to.directory.sourceRecords();
                records.removeIf(r -> !r.getRecordId().startsWith(name));
                SourceRecordState record = records.get(random.nextInt(records.size()));
                to.give(CommandType.SPLIT, c -> {
                    c.setCustomerId(record.getCustomerId());
                    c.getRecordIds().add(record.getSourceKey());
                });
            }
            case 4 ->
                to.give(CommandType.DISTINCT, c -> {
                    c.setCustomerId(one);
                    c.setOtherCustomerId(other);
                });
            case 5 ->
                to.give(random.nextBoolean() ? CommandType.ARCHIVE : CommandType.UNARCHIVE, c -> c.setCustomerId(one));
            case 6 -> review(to, random.nextBoolean() ? CommandType.REVIEW_IGNORE : CommandType.REVIEW_MERGE);
            case 7, 8 -> {
                People values = People.nameless().title("set " + random.nextInt(3));
                if (random.nextBoolean()) {
                    values.email(name + random.nextInt(size) + "@x.ca");
                }
                to.give(CommandType.EDIT, c -> {
                    c.setCustomerId(one);
                    c.setCustomer(values.details());
                });
            }
            case 9 ->
                to.give(random.nextBoolean() ? CommandType.GROUP_ADD : CommandType.GROUP_REMOVE, c -> {
                    c.setCustomerId(one);
                    c.setGroup("g" + random.nextInt(2));
                });
            default -> {
                if (random.nextInt(4) == 0) {
                    to.give(CommandType.ERASE, c -> c.setCustomerId(one));
                }
            }
        }
    }

    private void review(UndoneDirectory to, CommandType type) {
        List<Review> reviews = to.directory.all(StateTable.REVIEWS);
        if (!reviews.isEmpty()) {
            Review review = reviews.get(random.nextInt(reviews.size()));
            to.give(type, c -> c.setReviewId(review.getReviewId()));
        }
    }

    ImportMode mode() {
        return random.nextInt(4) == 0
                ? ImportMode.values()[random.nextInt(ImportMode.values().length)]
                : ImportMode.UPSERT;
    }

    @Nullable
    String group() {
        return random.nextBoolean() ? "g" + random.nextInt(2) : null;
    }

    List<People> rows(int count) {
        var rows = new ArrayList<People>();
        for (int i = 0; i < count; i++) {
            rows.add(person());
        }
        return rows;
    }
}
