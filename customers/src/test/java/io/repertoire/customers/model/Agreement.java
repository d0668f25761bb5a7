package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.People;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** That the machine and the model say the same of everybody. */
final class Agreement {

    private final InMemoryDirectory machine;
    private final SlowDirectory model;
    private final SlowSales sales;
    private final Map<String, Customer> images = new LinkedHashMap<>();
    private final Map<SlowCustomer, Map<String, String>> shown = new HashMap<>();
    private final Map<String, SlowReviews.Question> questions = new HashMap<>();

    Agreement(InMemoryDirectory machine, SlowDirectory model, SlowSales sales) {
        this.machine = machine;
        this.model = model;
        this.sales = sales;
    }

    /** After each input: what it touched is the same, and what it asked; what the machine calls things is learned here. */
    void afterStep(Object input) {
        // One whom only a file had brought may be seen once more before the undo takes it away.
        List<Customer> sent = machine.lastSent(Topics.DIRECTORY).stream()
                .filter(image ->
                        machine.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + image.getCustomerId()) != null)
                .toList();
        for (Customer image : sent) {
            if (images.put(image.getCustomerId(), image) == null) {
                SlowCustomer created = model.customers.stream()
                        .filter(c -> model.idOrNull(c) == null)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("made by the machine alone: " + input));
                model.ids.put(created.number, image.getCustomerId());
            }
        }
        assertThat(model.ids.size()).as("made by the model alone: %s", input).isEqualTo(model.customers.size());
        machine.lastPut(StateTable.SOURCE_RECORDS).forEach(state -> recordAgrees(state, input));
        questionsAgree(input);
        Map<SlowCustomer, Map<String, String>> before = new HashMap<>();
        for (SlowCustomer customer : model.customers) {
            if (sent.stream().anyMatch(i -> i.getCustomerId().equals(model.idOf(customer)))) {
                before.put(customer, shown.getOrDefault(customer, Map.of()));
                customerAgrees(customer, input);
            }
        }
        for (RowOutcome outcome : machine.lastSent(Topics.ROW_OUTCOMES)) {
            assertThat(outcome.getOutcome()).as("%s", input).isEqualTo(outcome(outcome, before));
        }
    }

    /** What was learned from the machine so far. */
    record Learned(Map<SlowCustomer, Map<String, String>> shown, Map<String, SlowReviews.Question> questions) {}

    Learned learned() {
        return new Learned(new HashMap<>(shown), new HashMap<>(questions));
    }

    /** Once the model has forgotten a file that the machine has undone: everything is the same, not only what that touched. */
    void afterUndo(Learned before, String file) {
        images.keySet().retainAll(machine.images().keySet());
        shown.clear();
        shown.putAll(before.shown);
        questions.clear();
        questions.putAll(before.questions);
        model.begin();
        afterStep("undo of " + file);
        check();
    }

    /** The first that fits (DESIGN §8); what was not stored is known already. */
    private RowOutcomeKind outcome(RowOutcome answered, Map<SlowCustomer, Map<String, String>> before) {
        SlowRecord record = recordOrNull(answered.getRecordId());
        if (model.heard == SlowDirectory.Heard.REJECTED) {
            return RowOutcomeKind.REJECTED;
        }
        if (record == null || model.heard == SlowDirectory.Heard.SUPPRESSED) {
            return RowOutcomeKind.SUPPRESSED;
        }
        if (!model.reviews.news().isEmpty()) {
            return RowOutcomeKind.REVIEW;
        }
        if (model.merged) {
            return RowOutcomeKind.MERGED;
        }
        if (model.created) {
            return RowOutcomeKind.CREATED;
        }
        SlowCustomer customer = model.ownerOf(record);
        Map<String, String> was = new TreeMap<>(before.getOrDefault(customer, shown.get(customer)));
        Map<String, String> is = expected(customer);
        was.remove("records");
        return is.equals(was) ? RowOutcomeKind.UNCHANGED : RowOutcomeKind.UPDATED;
    }

    private @Nullable SlowRecord recordOrNull(String recordId) {
        return model.records.stream()
                .filter(r -> r.recordIds.contains(recordId))
                .findFirst()
                .orElse(null);
    }

    private SlowRecord recordAgrees(SourceRecordState state, Object input) {
        SlowRecord record = recordOrNull(state.getRecordId());
        assertThat(record)
                .as("known to the machine alone: %s, %s", state.getRecordId(), input)
                .isNotNull();
        String key = model.sourceKeys.putIfAbsent(record, state.getSourceKey());
        assertThat(key == null || key.equals(state.getSourceKey()))
                .as("twice: %s", record)
                .isTrue();
        SlowCustomer owner = model.ownerOf(record);
        assertThat(state.getCustomerId())
                .as("whose is %s, of %s, by %s, after %s", record, owner, state.getRule(), input)
                .isEqualTo(model.idOf(owner));
        assertThat(state.getRole() == MemberRole.LOOKUP)
                .as("look-up %s, after %s", record, input)
                .isEqualTo(record.lookup);
        assertThat(state.getRule()).as("rule of %s, after %s", record, input).isEqualTo(record.rule);
        return record;
    }

    /** Each new question is the same, about the same customers. */
    private void questionsAgree(Object input) {
        var asked = new ArrayList<String>();
        for (Review review : machine.lastSent(Topics.REVIEWS)) {
            // One that an undone file had asked is told of once more before it is withdrawn.
            boolean held = machine.get(StateTable.REVIEWS, People.DIRECTORY + "/" + review.getReviewId()) != null;
            if (held && !questions.containsKey(review.getReviewId())) {
                String description = describe(review);
                asked.add(description);
                model.reviews.news().stream()
                        .filter(q -> model.reviews.asAsked(q).equals(description))
                        .forEach(q -> {
                            q.id = review.getReviewId();
                            questions.put(review.getReviewId(), q);
                        });
            }
        }
        var expected = model.reviews.news().stream().map(model.reviews::asAsked).toList();
        assertThat(asked).as("asked after %s", input).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void customerAgrees(SlowCustomer customer, Object input) {
        Customer image = images.get(model.idOf(customer));
        if (customer.erased) {
            return;
        }
        assertThat(image.getStatus().name()).as("%s after %s", customer, input).isEqualTo(status(customer));
        if (!customer.isLive()) {
            assertThat(image.getMergedInto()).as("%s", customer).isEqualTo(model.idOf(customer.into));
            return;
        }
        Map<String, String> expected = expected(customer);
        expected.put("records", "" + customer.members.size());
        shown.put(customer, expected);
        var differences = new TreeMap<String, String>();
        shown(image).forEach((field, value) -> {
            if (!value.equals(expected.get(field))) {
                differences.put(field, "machine " + value + " model " + expected.get(field));
            }
        });
        assertThat(differences)
                .as("%s after %s; its records %s", customer, input, customer.members)
                .isEmpty();
    }

    private Map<String, String> expected(SlowCustomer customer) {
        Map<String, String> expected = new SlowGolden(model, customer).values();
        if (model.unmerged) {
            expected.put("relations", shown(images.get(model.idOf(customer))).get("relations"));
        }
        return expected;
    }

    /** Everything there is: who is who, and what each shows. */
    void check() {
        for (CustomerState state : machine.customers()) {
            assertThat(state.getStatus() == CustomerStatus.ERASED
                            || images.get(state.getCustomerId()).getVersion() == state.getVersion())
                    .isTrue();
        }
        Map<String, CustomerState> states = new HashMap<>();
        machine.customers().forEach(s -> states.put(s.getCustomerId(), s));
        sharedAgree();
        for (SlowCustomer customer : model.customers) {
            assertThat(states.get(model.idOf(customer)).getStatus().name()).isEqualTo(status(customer));
            customerAgrees(customer, "all of it");
        }
        var held = new ArrayList<SlowRecord>();
        machine.sourceRecords().forEach(state -> held.add(recordAgrees(state, "all of it")));
        assertThat(held).containsExactlyInAnyOrderElementsOf(model.records);
        reviewsAgree();
        salesAgree(states);
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
        if (customer.erased) {
            return "ERASED";
        }
        if (!customer.isLive()) {
            return "MERGED";
        }
        return customer.archived ? "ARCHIVED" : "ACTIVE";
    }

    /** The questions of two or more being one that are open are the same, about the same customers. */
    private void reviewsAgree() {
        var open = new ArrayList<String>();
        for (Review review : machine.all(StateTable.REVIEWS)) {
            SlowReviews.Question question = questions.get(review.getReviewId());
            assertThat(question).as("%s", review.getReviewId()).isNotNull();
            if (review.getStatus() == ReviewStatus.OPEN && question.between) {
                open.add(describe(review));
            }
        }
        var missing = new ArrayList<String>();
        for (SlowReviews.Question question : model.reviews.openBetween()) {
            if (!open.remove(model.reviews.asItIs(question))) {
                Review review = machine.get(StateTable.REVIEWS, People.DIRECTORY + "/" + question.id);
                missing.add(model.reviews.asItIs(question) + " machine " + review);
            }
        }
        assertThat(open).as("open for the machine alone").isEmpty();
        assertThat(missing).as("open for the model alone").isEmpty();
    }

    /** Sales name a source record or a customer: whose they are is looked up when it is asked. */
    private void salesAgree(Map<String, CustomerState> states) {
        Map<String, String> owners = new HashMap<>();
        machine.sourceRecords().forEach(r -> owners.put(r.getSourceKey(), r.getCustomerId()));
        for (SaleState state : machine.all(StateTable.SALES)) {
            String saleId = state.getSale().getSaleId();
            String key = state.getSale().getSourceKey();
            if (key != null && !owners.containsKey(key)) {
                assertThat(sales.isOrphan(saleId)).as("%s", saleId).isTrue();
                continue;
            }
            String customerId = state.getSale().getCustomerId();
            if (key == null
                    && customerId != null
                    && sales.isOrphan(saleId)
                    && states.get(customerId).getStatus() == CustomerStatus.ERASED) {
                continue;
            }
            SlowCustomer owner = sales.owner(saleId);
            String named = key == null ? customerId : owners.get(key);
            assertThat(named == null ? null : today(named, states))
                    .as("whose is %s", saleId)
                    .isEqualTo(owner == null ? null : model.idOf(owner.today()));
        }
    }

    private static String today(String id, Map<String, CustomerState> states) {
        String into = states.get(id).getMergedInto();
        return into == null ? id : today(into, states);
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
                image.getEmails().stream()
                        .map(e -> e.getValue() + " " + e.getQuality())
                        .toList()
                        .toString());
        shown.put(
                "phones",
                image.getPhones().stream()
                        .map(p -> p.getE164().substring(2) + " " + p.getQuality())
                        .toList()
                        .toString());
        assertThat(image.getEmails().stream().skip(1).anyMatch(Email::getPrimary))
                .isFalse();
        assertThat(image.getPhones().stream().skip(1).anyMatch(Phone::getPrimary))
                .isFalse();
        shown.put(
                "ids",
                image.getExternalIds().stream()
                        .map(id -> id.getSystem() + "/" + id.getValue())
                        .sorted()
                        .toList()
                        .toString());
        shown.put(
                "cards",
                image.getLoyalty() == null
                        ? "[]"
                        : image.getLoyalty().getCards().toString());
        shown.put(
                "points",
                String.valueOf(
                        image.getLoyalty() == null ? null : image.getLoyalty().getPointsBalance()));
        shown.put(
                "groups",
                image.getGroups().stream().map(g -> g.getName()).toList().toString());
        shown.put(
                "relations",
                image.getRelations().stream()
                        .map(r -> r.getKind() + " " + r.getCustomerId())
                        .sorted()
                        .toList()
                        .toString());
        shown.put("merged ids", image.getMergedIds().stream().sorted().toList().toString());
        shown.put("status", image.getStatus().name());
        shown.put("records", "" + image.getSourceRecordCount());
        return shown;
    }

    private static String describe(Review review) {
        return review.getKind()
                + review.getCustomerIds().stream().sorted().toList().toString();
    }
}
