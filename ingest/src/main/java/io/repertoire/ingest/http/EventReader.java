package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.repertoire.ingest.http.RecordBinder.Shape;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedLoyalty;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the canonical JSON of {@code docs/http.md} into the record of an input topic. Checks only what makes the event
 * unusable; what a customer must have, and whether an email or phone is one, is for the streams stage to say, the same for every
 * way in. Thread-safe.
 */
final class EventReader {

    static final String LOYALTY_CARD = "loyalty_card";

    private final RecordBinder customers = new RecordBinder(
            CustomerSubmission.getClassSchema(),
            "the fields of a customer event",
            new Shape(
                    Set.of(
                            "source_system",
                            "source_customer_id",
                            "store",
                            "till",
                            "region",
                            "channel",
                            "operation",
                            "observed_at",
                            "customer"),
                    Set.of("source_system", "customer"),
                    Set.of("type", "event_id")));

    private final RecordBinder sales = new RecordBinder(
            SaleEvent.getClassSchema(),
            "the fields of a sale event",
            new Shape(
                    Set.of(
                            "source_system",
                            "sale_id",
                            "operation",
                            "region",
                            "reference",
                            "customer",
                            "occurred_at",
                            "observed_at",
                            "store",
                            "till",
                            "seller",
                            "ticket_number",
                            "currency",
                            "total",
                            "refund_of",
                            "lines",
                            "payments"),
                    Set.of("source_system", "sale_id"),
                    Set.of("type", "event_id", "source_customer_id")));

    /** The names of an event's own fields. */
    Set<String> fieldNames(EventKind kind) {
        return kind == EventKind.CUSTOMER ? customers.fieldNames() : sales.fieldNames();
    }

    /**
     * What belongs to the request rather than to the JSON.
     *
     * @param expected the kind this address takes; {@code null}: the event says it in {@code type}
     * @param directoryId whose API key it came with
     * @param idempotencyKey the header's value, which stands for an absent {@code event_id}
     */
    record Context(
            @Nullable EventKind expected,
            String directoryId,
            @Nullable String idempotencyKey,
            Instant receivedAt) {}

    /**
     * @param bytes holds the event's JSON, and nothing else but white space, in {@code offset} to {@code offset + length}
     * @param firstLine the line of the body that the event starts on, from 1
     */
    Reading read(byte[] bytes, int offset, int length, int firstLine, Context context) {
        int strange = Utf8.firstFault(bytes, offset, length);
        if (strange >= 0) {
            return refused(List.of(notUtf8(bytes, offset, strange, firstLine)));
        }
        try (var json = new JsonCursor(bytes, offset, length, firstLine)) {
            return read(json, bytes, offset, length, context);
        } catch (IOException e) {
            // Only a parser over memory is read here.
            return refused(List.of(Fault.of(ProblemCode.MALFORMED_JSON, "The text is not JSON in UTF-8.")));
        }
    }

    private static Fault notUtf8(byte[] bytes, int offset, int at, int firstLine) {
        int line = firstLine;
        int column = 1;
        for (int i = offset; i < offset + at; i++) {
            boolean continues = (bytes[i] & 0xc0) == 0x80;
            column = bytes[i] == '\n' ? 1 : column + (continues ? 0 : 1);
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return new Fault(ProblemCode.MALFORMED_JSON, "The text is not UTF-8 from here on.", null, line, column);
    }

    private Reading read(JsonCursor json, byte[] bytes, int offset, int length, Context context) throws IOException {
        try {
            JsonToken first = json.parser().nextToken();
            if (first == null) {
                return refused(List.of(Fault.of(ProblemCode.EMPTY_BODY, "Send one event as a JSON object.")));
            }
            if (first != JsonToken.START_OBJECT) {
                json.wrongType("an object, one event; several go one to a line as application/x-ndjson");
                return refused(json.faults());
            }
            EventKind kind = context.expected() == null ? kindOf(json, bytes, offset, length) : context.expected();
            if (kind == null) {
                return refused(json.faults());
            }
            InputEvent event = kind == EventKind.CUSTOMER ? readCustomer(json, context) : readSale(json, context);
            if (json.parser().nextToken() != null) {
                json.fault(
                        ProblemCode.MALFORMED_JSON,
                        "Something follows the event; several events go one to a line as application/x-ndjson.");
            }
            return event == null || json.failed() ? refused(json.faults()) : new Reading.Event(event, json.warnings());
        } catch (StreamConstraintsException e) {
            return refused(List.of(
                    json.tooDeep()
                            ? json.malformed(
                                    e.getLocation(), ProblemCode.TOO_DEEP, "Nothing in an event is nested this deeply.")
                            : json.malformed(
                                    e.getLocation(),
                                    ProblemCode.TOO_LONG,
                                    "A name, number or text is too long for any event.")));
        } catch (JsonEOFException e) {
            return refused(List.of(json.malformed(
                    e.getLocation(),
                    ProblemCode.MALFORMED_JSON,
                    "The JSON ends too early: a quote, bracket or brace is not closed.")));
        } catch (JsonParseException e) {
            return refused(List.of(json.malformed(
                    e.getLocation(),
                    ProblemCode.MALFORMED_JSON,
                    "The JSON is broken at this place: look for a missing comma or quote, a stray character, a raw line"
                            + " break inside a text, or text that is not UTF-8.")));
        }
    }

    /** Looks ahead for {@code type}, wherever it stands in the event. */
    private static @Nullable EventKind kindOf(JsonCursor json, byte[] bytes, int offset, int length)
            throws IOException {
        try (var ahead = new JsonCursor(bytes, offset, length, 1)) {
            JsonParser parser = ahead.parser();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                    for (EventKind kind : EventKind.values()) {
                        if (kind.word().equals(parser.getText())) {
                            return kind;
                        }
                    }
                    json.fault(ProblemCode.INVALID_VALUE, "\"type\" must be \"customer\" or \"sale\".", "/type");
                    return null;
                }
                parser.skipChildren();
            }
        }
        json.fault(ProblemCode.MISSING_FIELD, "\"type\" is required here: \"customer\" or \"sale\".", "/type");
        return null;
    }

    private @Nullable InputEvent readCustomer(JsonCursor json, Context context) throws IOException {
        if (!(customers.read(json) instanceof CustomerSubmission event)) {
            return null;
        }
        checkType(json, EventKind.CUSTOMER);
        String eventId = eventId(json, context);
        Checks.system(json, event.getSourceSystem());
        Checks.length(json, event.getSourceCustomerId(), "/source_customer_id", Checks.MAX_NAME);
        Checks.place(json, event.getStore(), event.getTill());
        String region = Checks.code(json, event.getRegion(), "/region", 2, "a country's two letters, such as CA");
        if (event.getChannel() == Channel.CSV || event.getChannel() == Channel.CONSOLE) {
            json.fault(ProblemCode.INVALID_VALUE, "\"channel\" must be POS, WEB or API.", "/channel");
        }
        if (eventId == null || json.failed()) {
            return null;
        }
        SubmittedCustomer customer = event.getCustomer();
        if (isEmpty(json, customer)) {
            json.fault(
                    ProblemCode.MISSING_FIELD,
                    "The customer says nothing; give at least a name or contact.",
                    "/customer");
            return null;
        }
        addLoyaltyCard(json, customer);
        event.setKind(SubmissionKind.RECORD);
        event.setDirectoryId(context.directoryId());
        event.setRecordId(event.getSourceSystem() + '/' + eventId);
        if (region != null) {
            event.setRegion(region);
        }
        if (event.getChannel() == Channel.UNKNOWN) {
            event.setChannel(Channel.POS);
        }
        event.setReceivedAt(context.receivedAt());
        event.setObservedAt(notAfterReceipt(json, event.getObservedAt(), context, "/observed_at"));
        event.setProblems(json.warnings().stream().map(EventReader::asProblem).toList());
        return new InputEvent.Customer(event);
    }

    private @Nullable InputEvent readSale(JsonCursor json, Context context) throws IOException {
        if (!(sales.read(json) instanceof SaleEvent event)) {
            return null;
        }
        checkType(json, EventKind.SALE);
        String eventId = eventId(json, context);
        Checks.system(json, event.getSourceSystem());
        Checks.id(json, event.getSaleId(), "/sale_id");
        Checks.id(json, event.getRefundOf(), "/refund_of");
        Checks.place(json, event.getStore(), event.getTill());
        Checks.length(json, event.getSeller(), "/seller", Checks.MAX_NAME);
        Checks.length(json, event.getTicketNumber(), "/ticket_number", Checks.MAX_NAME);
        String region = Checks.code(json, event.getRegion(), "/region", 2, "a country's two letters, such as CA");
        String currency =
                Checks.code(json, event.getCurrency(), "/currency", 3, "a currency's three letters, such as CAD");
        CustomerReference reference = reference(json, event.getReference());
        if (eventId == null || json.failed()) {
            return null;
        }
        if (event.getCustomer() != null) {
            addLoyaltyCard(json, event.getCustomer());
        }
        event.setEventId(eventId);
        event.setDirectoryId(context.directoryId());
        if (event.getOperation() == SaleOperation.UNKNOWN) {
            event.setOperation(SaleOperation.RECORD);
        }
        if (region != null) {
            event.setRegion(region);
        }
        if (currency != null) {
            event.setCurrency(currency);
        }
        if (reference != null) {
            event.setReference(reference);
        }
        event.setReceivedAt(context.receivedAt());
        event.setOccurredAt(notAfterReceipt(json, event.getOccurredAt(), context, "/occurred_at"));
        if (event.getObservedAt() != null) {
            event.setObservedAt(notAfterReceipt(json, event.getObservedAt(), context, "/observed_at"));
        }
        return new InputEvent.Sale(event);
    }

    private static void checkType(JsonCursor json, EventKind kind) {
        String type = json.extras().get("type");
        if (type != null && !type.equals(kind.word())) {
            json.fault(ProblemCode.CONFLICTING_VALUES, "\"type\" must be \"" + kind.word() + "\" here.", "/type");
        }
    }

    /** From the event, else from the header: without one a repeated event could not be told from a new one. */
    private static @Nullable String eventId(JsonCursor json, Context context) {
        String given = json.extras().get("event_id");
        String header = context.idempotencyKey();
        if (given != null && header != null && !given.equals(header)) {
            json.fault(
                    ProblemCode.CONFLICTING_VALUES,
                    "\"event_id\" and the header Idempotency-Key differ; leave one out.",
                    "/event_id");
        }
        String id = given != null ? given : header;
        if (id == null) {
            if (!json.failed()) {
                json.fault(
                        ProblemCode.MISSING_FIELD,
                        "\"event_id\" is required, unique in its source system, so that the same event sent again has no"
                                + " further effect; a single event may have it in the header Idempotency-Key instead.",
                        "/event_id");
            }
            return null;
        }
        Checks.id(json, id, "/event_id");
        return id;
    }

    /** The short form {@code source_customer_id} beside the sale's own fields. */
    private static @Nullable CustomerReference reference(JsonCursor json, @Nullable CustomerReference given) {
        String shorthand = json.extras().get("source_customer_id");
        if (shorthand == null) {
            return given;
        }
        if (given != null
                && given.getSourceCustomerId() != null
                && !given.getSourceCustomerId().equals(shorthand)) {
            json.fault(
                    ProblemCode.CONFLICTING_VALUES,
                    "It differs from /reference/source_customer_id; leave one out.",
                    "/source_customer_id");
        }
        CustomerReference reference = given == null ? new CustomerReference() : given;
        reference.setSourceCustomerId(shorthand);
        return reference;
    }

    private static boolean isEmpty(JsonCursor json, @Nullable SubmittedCustomer customer) {
        return customer == null || (customer.equals(NOTHING) && !json.extras().containsKey(LOYALTY_CARD));
    }

    private static final SubmittedCustomer NOTHING =
            SubmittedCustomer.newBuilder().build();

    /** The short form {@code loyalty_card} of {@code loyalty.card}. */
    private static void addLoyaltyCard(JsonCursor json, SubmittedCustomer customer) {
        String card = json.extras().get(LOYALTY_CARD);
        if (card == null) {
            return;
        }
        SubmittedLoyalty loyalty = customer.getLoyalty() == null ? new SubmittedLoyalty() : customer.getLoyalty();
        if (loyalty.getCard() != null && !loyalty.getCard().equals(card)) {
            json.fault(
                    ProblemCode.CONFLICTING_VALUES,
                    "It differs from /customer/loyalty/card; leave one out.",
                    "/customer/loyalty_card");
        }
        loyalty.setCard(card);
        customer.setLoyalty(loyalty);
    }

    /** A clock that runs ahead must not freeze a profile (P31). */
    private static Instant notAfterReceipt(JsonCursor json, @Nullable Instant given, Context context, String pointer) {
        if (given == null) {
            return context.receivedAt();
        }
        if (given.isAfter(context.receivedAt())) {
            json.warnings()
                    .add(new Warning(
                            "TIME_IN_FUTURE", pointer, "The time is later than receipt; that of receipt is used."));
            return context.receivedAt();
        }
        return given;
    }

    private static io.repertoire.schemas.Problem asProblem(Warning warning) {
        var problem = new io.repertoire.schemas.Problem();
        String path = warning.pointer().startsWith("/customer/")
                ? warning.pointer().substring("/customer/".length())
                : warning.pointer().substring(1);
        problem.setField(path.replace('/', '.'));
        problem.setCode(warning.code());
        problem.setMessage(warning.detail());
        problem.setSeverity(Severity.WARNING);
        return problem;
    }

    private static Reading refused(List<Fault> faults) {
        return new Reading.Refused(new Problem(faults, null));
    }
}
