package io.repertoire.ingest.http;

/** Every problem a caller can be told of, with its HTTP status. The names are part of the public contract. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    TOO_DEEP(400, "The JSON is nested too deeply"),
    EMPTY_BODY(400, "There is no event in the body"),
    UNKNOWN_FIELD(400, "A field is not known"),
    DUPLICATE_FIELD(400, "A field is given twice"),
    MISSING_FIELD(400, "A required field is missing"),
    WRONG_TYPE(400, "A value has the wrong JSON type"),
    INVALID_VALUE(400, "A value is not allowed"),
    SOURCE_RESERVED(422, "The source system's name is reserved"),
    TOO_LONG(400, "A value is too long"),
    TOO_MANY_VALUES(400, "A list or object has too many values"),
    CONFLICTING_VALUES(400, "Two values contradict each other"),
    CARD_NUMBER(400, "An identifier looks like a payment card number"),
    NOT_A_MESSAGE(400, "The body is not a message of this vendor's"),
    MESSAGE_TOO_OLD(400, "The message is too old"),
    API_KEY_MISSING(401, "An API key is required"),
    API_KEY_WRONG(401, "The API key is not known"),
    SIGNATURE_MISSING(401, "The message is not signed"),
    SIGNATURE_WRONG(401, "The signature is wrong"),
    SIGNATURE_EXPIRED(401, "The signature is too old"),
    NOT_FOUND(404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    BODY_TIMEOUT(408, "The body did not arrive in time"),
    BODY_TOO_LARGE(413, "The body is too large"),
    TOO_MANY_EVENTS(413, "The batch holds too many events"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
    INTERNAL_ERROR(500, "The server has a fault"),
    KAFKA_UNAVAILABLE(503, "Kafka cannot be reached"),
    REGISTRY_UNAVAILABLE(503, "The schema registry cannot be reached"),
    BUSY(503, "Too much is under way"),
    NOT_SENT(503, "The event was not sent"),
    UNKNOWN_FATE(503, "It is not known whether the event was taken");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** One short English sentence, the same for every occurrence. */
    public String title() {
        return title;
    }
}
