package io.repertoire.customers.model;

import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedLoyalty;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one submission says, in the model's own words.
 *
 * @param id the speaking system's own id
 * @param fields by name; one that is missing is blank, {@link #CLEAR} clears
 */
record Said(String recordId, String system, @Nullable String id, Instant at, Map<String, String> fields) {

    static final String CLEAR = "\\N";

    Said {
        fields = new TreeMap<>(fields);
    }

    @Nullable
    String get(String field) {
        String value = fields.get(field);
        return CLEAR.equals(value) ? null : value;
    }

    boolean clears(String field) {
        return CLEAR.equals(fields.get(field));
    }

    /** Required-field rule C1: somebody, or a way to reach somebody. */
    boolean isRejected() {
        return get("given") == null
                && get("family") == null
                && get("company") == null
                && get("email") == null
                && get("phone") == null;
    }

    /** Under which it can arrive again: the system's id, or else all that it says (DESIGN §8). */
    String key() {
        return id == null ? system + fields : system + "/" + id;
    }

    /** The same for the machine. */
    Input submission() {
        return new Input.Submission(row());
    }

    /** The same as a row of a file. */
    Input row(String importId, long line, Instant received) {
        CustomerSubmission row = row();
        row.setImportId(importId);
        row.setLine(line);
        row.setReceivedAt(received);
        return new Input.Submission(row);
    }

    private CustomerSubmission row() {
        People person = person().from(system).at(at).recordId(recordId);
        if (id != null) {
            person.withId(id);
        }
        return person.submission();
    }

    SubmittedCustomer details() {
        return person().details();
    }

    private People person() {
        People person = People.nameless();
        person.details().setGivenName(fields.get("given"));
        person.details().setFamilyName(fields.get("family"));
        person.details().setCompanyName(fields.get("company"));
        person.details().setJobTitle(fields.get("title"));
        if (fields.containsKey("email")) {
            person.email(fields.get("email"));
        }
        if (fields.containsKey("phone")) {
            person.phone(fields.get("phone"));
        }
        if (fields.containsKey("square")) {
            person.externalId("square", fields.get("square"));
        }
        if (fields.containsKey("card") || fields.containsKey("points")) {
            person.details().setLoyalty(new SubmittedLoyalty());
            person.details().getLoyalty().setCard(fields.get("card"));
            person.details().getLoyalty().setPoints(fields.get("points"));
        }
        if (fields.containsKey("group")) {
            person.group(fields.get("group"));
        }
        return person;
    }
}
