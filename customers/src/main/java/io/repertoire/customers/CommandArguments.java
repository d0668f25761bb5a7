package io.repertoire.customers;

/** Names of a command's {@code arguments} by which other systems speak of their customers ({@code docs/commands.md}). */
public final class CommandArguments {

    /** The system whose ids the next two are. */
    public static final String SOURCE_SYSTEM = "source_system";

    /** That system's id, for {@code customer_id}. */
    public static final String SOURCE_CUSTOMER_ID = "source_customer_id";

    /** That system's id, for {@code other_customer_id}. */
    public static final String OTHER_SOURCE_CUSTOMER_ID = "other_source_customer_id";

    /**
     * The system has no say over a customer that is not its own. ARCHIVE: one that any other source record tells of stays as it is.
     * ERASE: one that another system tells of is left to a person.
     */
    public static final String UNLESS_SHARED = "unless_shared";

    private CommandArguments() {}
}
