package io.repertoire.ingest.layout;

import io.repertoire.customers.text.CardNumbers;
import io.repertoire.schemas.SubmittedCustomer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer typed field by field, as {@code FIELD=VALUE}. A field is called as the contract calls it ({@code given_name}), or as any
 * column of a plain file is ({@code "first name"}, {@code "prénom"}); {@code attributes.NAME} is a field of one's own. Card numbers
 * are taken out (P59).
 */
public final class TypedCustomer {

    private static final String ATTRIBUTE = "attributes.";

    /** What clears a field. */
    private static final String CLEAR = "\\N";

    /** Either the customer, or what is wrong with the fields. */
    public sealed interface Reading {
        record Good(SubmittedCustomer customer) implements Reading {}

        record Bad(String message) implements Reading {}
    }

    private TypedCustomer() {}

    /** Of a new customer, where there is nothing to clear: every field needs a value. */
    public static Reading ofNew(Map<String, String> fields) {
        return read(fields, false);
    }

    /** Of a customer that is there: a blank value clears the field. */
    public static Reading ofChange(Map<String, String> fields) {
        return read(fields, true);
    }

    private static Reading read(Map<String, String> fields, boolean mayClear) {
        var layouts = new Layouts();
        var draft = new CustomerDraft(layouts.cells());
        for (Map.Entry<String, String> entry : fields.entrySet()) {
            String value = entry.getValue();
            if (value.isBlank()) {
                if (!mayClear) {
                    return new Reading.Bad("\"" + entry.getKey() + "\" has no value.");
                }
                value = CLEAR;
            }
            if (entry.getKey().startsWith(ATTRIBUTE)) {
                draft.attribute(entry.getKey().substring(ATTRIBUTE.length()), CardNumbers.redact(value));
                continue;
            }
            Field field = field(layouts, entry.getKey());
            if (field == null) {
                return new Reading.Bad("There is no field \"" + entry.getKey() + "\". Fields are: " + names()
                        + ", and attributes.NAME for one of your own.");
            }
            String clean = field.freeText() ? CardNumbers.redact(value) : CardNumbers.redactIdentifier(value);
            if (!draft.set(field, "", clean)) {
                return new Reading.Bad("\"" + entry.getKey() + "\" is neither yes nor no.");
            }
        }
        return new Reading.Good(draft.build());
    }

    private static @Nullable Field field(Layouts layouts, String name) {
        Field named = null;
        for (Field field : Field.values()) {
            if (field.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
                named = field;
            }
        }
        Field found = named == null ? layouts.field(name) : named;
        return found == null || !isTyped(found) ? null : found;
    }

    /** Ids are given out, times are taken, and consents have commands of their own with their proof. */
    private static boolean isTyped(Field field) {
        return !field.isConsent()
                && switch (field) {
                    case CUSTOMER_ID, CODE, SOURCE_CUSTOMER_ID, UPDATED_AT, ATTRIBUTE, IGNORED -> false;
                    default -> true;
                };
    }

    private static String names() {
        return String.join(
                ", ",
                List.of(Field.values()).stream()
                        .filter(TypedCustomer::isTyped)
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
