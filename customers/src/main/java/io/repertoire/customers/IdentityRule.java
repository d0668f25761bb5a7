package io.repertoire.customers;

import io.repertoire.customers.identity.IdentifierKind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a source record is where it is, or why a person is asked: the ids of rules in source records, change events and reviews, with
 * words for people. {@code docs/matching.md} has the table; other versions may know more.
 */
public enum IdentityRule {
    NEW("nobody held any of its identifiers, or none that tells a person"),
    OUR_ID("it names this customer by our own id or code"),
    BY_ID("its import updates by id, and it names this customer"),
    SAME_EXTERNAL_ID("it has an id of another system that this customer has"),
    SAME_LOYALTY_CARD("it has a loyalty card that this customer has"),
    SAME_EMAIL("it has an email that this customer has, and the names allow it"),
    SAME_PHONE("it has a phone that this customer has, and the names allow it"),
    LOOKUP_PHONE("a phone without a name, which this customer has: it carries sales and gives no value"),
    DISTINCT("a person said that it is not the customer it would have joined"),
    BACK_OFFICE("a person typed it about this customer"),
    BRIDGE_NAMES_SAME("one record had identifiers of both customers, and all names are the same"),

    NAMES_CONFLICT("they share an identifier and their names are in conflict"),
    NAMES_PARTLY_AGREE("they share an identifier and their names agree in part"),
    OTHER_CONTACT_DIFFERS("one of email and phone is the same and the other is not"),
    ROLE_ADDRESS("they share the address of an office"),
    SEVERAL("several customers could be meant"),
    BRIDGE("one record has identifiers of both"),
    MERGE_BREAKER("one record has identifiers of both, and its import has made many customers one already"),
    TOO_MANY_EMAILS("the customer would hold too many emails"),
    TOO_MANY_PHONES("the customer would hold too many phones"),
    TOO_MANY_RECORDS("the customer would hold too many records"),
    LOOSE_EMAIL("their addresses are spellings of one Gmail mailbox"),
    RECYCLED_ID("name, email and phone of one source id all changed"),
    SHARED_EXTERNAL_ID("records joined by an id of another system that turned out to be many people's"),
    SHARED_LOYALTY_CARD("records joined by a loyalty card that turned out to be many people's"),
    SHARED_EMAIL("records joined by an email that turned out to be many people's"),
    SHARED_PHONE("records joined by a phone that turned out to be many people's"),
    RECYCLED_PHONE("a number of it is somebody else's by now");

    private static final Map<String, IdentityRule> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private final String words;

    IdentityRule(String words) {
        this.words = words;
    }

    /** A record joined the customer that has this identifier too. */
    static IdentityRule joinedBy(IdentifierKind kind) {
        return switch (kind) {
            case CODE -> OUR_ID;
            case EXTERNAL_ID -> SAME_EXTERNAL_ID;
            case LOYALTY_CARD -> SAME_LOYALTY_CARD;
            case EMAIL -> SAME_EMAIL;
            case PHONE -> SAME_PHONE;
            case LOOSE_EMAIL -> throw new IllegalArgumentException("joins nobody");
        };
    }

    /** What records were joined by turned out to be many people's. */
    static IdentityRule shared(IdentifierKind kind) {
        return switch (kind) {
            case EXTERNAL_ID -> SHARED_EXTERNAL_ID;
            case LOYALTY_CARD -> SHARED_LOYALTY_CARD;
            case EMAIL -> SHARED_EMAIL;
            case PHONE -> SHARED_PHONE;
            case CODE, LOOSE_EMAIL ->
                throw new IllegalArgumentException("no customers share one, or none joined by it");
        };
    }

    public String words() {
        return words;
    }

    /** Null for a rule of another version. */
    public static @Nullable IdentityRule of(String id) {
        return BY_NAME.get(id);
    }
}
