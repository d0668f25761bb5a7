package io.repertoire.customers.model;

import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedLoyalty;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one submission says, in the model's own words.
 *
 * @param id the speaking system's own id
 * @param fields by name; one that is missing is blank, {@link #CLEAR} clears
 * @param place where it was read, {@code null} if it is no row of a file
 */
record Said(
        String recordId,
        String system,
        @Nullable String id,
        Instant at,
        Map<String, String> fields,
        @Nullable Place place) {

    static final String CLEAR = "\\N";

    Said {
        fields = new TreeMap<>(fields);
    }

    /** What no file says. */
    Said(String recordId, String system, @Nullable String id, Instant at, Map<String, String> fields) {
        this(recordId, system, id, at, fields, null);
    }

    /** The same as a row of a file. */
    Said readFrom(String file, long line, Instant observed) {
        return new Said(file + "/" + line, system, id, observed, fields, new Place(file, line));
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
        return new Input.Submission(row(People.RECEIVED));
    }

    /** The same as a row of an import of its file. */
    Input row(String importId, Instant received) {
        return row(importId, Objects.requireNonNull(place).line(), received);
    }

    /** The same as any row of an import. */
    Input row(String importId, long line, Instant received) {
        CustomerSubmission row = row(received);
        row.setImportId(importId);
        row.setLine(line);
        return new Input.Submission(row);
    }

    private CustomerSubmission row(Instant received) {
        People person = person().from(system).at(at).recordId(recordId);
        if (id != null) {
            person.withId(id);
        }
        CustomerSubmission row = person.submission();
        row.setReceivedAt(received);
        return row;
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
