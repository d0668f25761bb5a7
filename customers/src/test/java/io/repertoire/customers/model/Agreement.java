package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.People;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** That the machine and the model say the same of everybody. */
final class Agreement {

    private final InMemoryDirectory machine;
    private final SlowDirectory model;
    private final Map<String, Customer> images = new LinkedHashMap<>();

    Agreement(InMemoryDirectory machine, SlowDirectory model) {
        this.machine = machine;
        this.model = model;
    }

    /** After each input: both made a customer, or neither; what the machine calls it is learned here. */
    void afterStep(Object input) {
        for (Customer image : machine.lastSent(Topics.DIRECTORY)) {
            if (images.put(image.getCustomerId(), image) == null) {
                SlowCustomer created = model.customers.stream()
                        .filter(c -> model.idOrNull(c) == null)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("made by the machine alone: " + input));
                model.ids.put(created.number, image.getCustomerId());
            }
        }
        assertThat(model.ids.size()).as("made by the model alone: %s", input).isEqualTo(model.customers.size());
        machine.forgetOutputs();
    }

    /** Who is who, and what each shows. */
    void check() {
        Map<SlowRecord, String> sourceKeys = checkIdentity();
        for (SlowCustomer customer : model.customers) {
            if (customer.isLive()) {
                var expected = new SlowGolden(model, customer, sourceKeys).values();
                expected.put("merged ids", absorbed(customer).toString());
                expected.put("records", "" + customer.members.size());
                assertThat(shown(images.get(model.idOf(customer))))
                        .as("%s %s", customer, customer.members)
                        .isEqualTo(expected);
            }
        }
    }

    /** The questions that are open are the same, about the same customers. */
    void checkReviews() {
        var asked = openReviews();
        var expected = model.reviews.open();
        var tooMany = new ArrayList<>(asked);
        tooMany.removeAll(expected);
        expected.removeAll(asked);
        assertThat(tooMany).as("asked by the machine alone").isEmpty();
        assertThat(expected).as("asked by the model alone").isEmpty();
    }

    /**
     * Whose each record is and in which role, what became of each customer, which contact points are shared.
     *
     * @return what the machine calls each source record
     */
    Map<SlowRecord, String> checkIdentity() {
        for (CustomerState state : machine.customers()) {
            assertThat(images.get(state.getCustomerId()).getVersion()).isEqualTo(state.getVersion());
        }
        sharedAgree();
        for (SlowCustomer customer : model.customers) {
            Customer image = images.get(model.idOf(customer));
            assertThat(image.getStatus().name()).as("%s", customer).isEqualTo(status(customer));
            assertThat(today(image)).as("%s", customer).isEqualTo(model.idOf(customer.today()));
        }
        return membersAgree();
    }

    /** Where an id leads (P30). */
    private String today(Customer image) {
        return image.getMergedInto() == null ? image.getCustomerId() : today(images.get(image.getMergedInto()));
    }

    private void sharedAgree() {
        for (SlowCustomer customer : model.customers) {
            for (SlowRecord record : customer.giving()) {
                for (Key key : record.contacts()) {
                    String stored = key.kind() == Key.Kind.EMAIL ? "email/" + key.value() : "phone/+1" + key.value();
                    IdentifierState state = machine.get(StateTable.IDENTIFIERS, People.DIRECTORY + "/" + stored);
                    assertThat(state != null && state.getShared())
                            .as("%s shared", key)
                            .isEqualTo(model.isShared(key));
                }
            }
        }
    }

    private static String status(SlowCustomer customer) {
        if (!customer.isLive()) {
            return "MERGED";
        }
        return customer.archived ? "ARCHIVED" : "ACTIVE";
    }

    /** @return what the machine calls each source record */
    private Map<SlowRecord, String> membersAgree() {
        Map<String, SlowRecord> byRecordId = new HashMap<>();
        Map<SlowRecord, SlowCustomer> owners = new LinkedHashMap<>();
        for (SlowCustomer customer : model.customers) {
            for (SlowRecord record : customer.members) {
                owners.put(record, customer);
                record.recordIds.forEach(id -> byRecordId.put(id, record));
            }
        }
        var sourceKeys = new HashMap<SlowRecord, String>();
        for (SourceRecordState state : machine.sourceRecords()) {
            SlowRecord record = byRecordId.get(state.getRecordId());
            assertThat(record)
                    .as("known to the machine alone: %s", state.getRecordId())
                    .isNotNull();
            assertThat(sourceKeys.put(record, state.getSourceKey()))
                    .as("twice: %s", record)
                    .isNull();
            assertThat(state.getCustomerId())
                    .as("%s of %s", record, owners.get(record))
                    .isEqualTo(model.idOf(owners.get(record)));
            assertThat(state.getRole() == MemberRole.LOOKUP).as("%s", record).isEqualTo(record.lookup);
        }
        assertThat(sourceKeys.keySet()).isEqualTo(owners.keySet());
        return sourceKeys;
    }

    private List<String> absorbed(SlowCustomer survivor) {
        return model.customers.stream()
                .filter(c -> c != survivor && c.today() == survivor)
                .map(model::idOf)
                .sorted()
                .toList();
    }

    /** What {@link SlowGolden} works out, as the machine has it. */
    static Map<String, String> shown(Customer image) {
        var shown = new TreeMap<String, String>();
        shown.put("given", String.valueOf(image.getGivenName()));
        shown.put("family", String.valueOf(image.getFamilyName()));
        shown.put("company", String.valueOf(image.getCompanyName()));
        shown.put("title", String.valueOf(image.getJobTitle()));
        shown.put(
                "emails",
                image.getEmails().stream().map(Email::getValue).toList().toString());
        shown.put(
                "phones",
                image.getPhones().stream()
                        .map(Phone::getE164)
                        .map(p -> p.substring(2))
                        .toList()
                        .toString());
        image.getEmails().stream().skip(1).forEach(e -> assertThat(e.getPrimary())
                .isFalse());
        image.getPhones().stream().skip(1).forEach(p -> assertThat(p.getPrimary())
                .isFalse());
        shown.put("merged ids", image.getMergedIds().stream().sorted().toList().toString());
        shown.put("records", "" + image.getSourceRecordCount());
        return shown;
    }

    static String describe(Review review) {
        return review.getKind()
                + review.getCustomerIds().stream().sorted().toList().toString();
    }

    /** Those about two customers or more: the model asks no others. */
    private List<String> openReviews() {
        var open = new ArrayList<String>();
        for (Review review : machine.all(StateTable.REVIEWS)) {
            if (review.getStatus() == ReviewStatus.OPEN
                    && review.getCustomerIds().size() > 1) {
                open.add(describe(review));
            }
        }
        open.sort(null);
        return open;
    }
}
