package io.repertoire.schemas;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The header of our own export, in order. The export writes it and ingest recognises it as the layout {@link #SOURCE_SYSTEM}, so
 * that a file that was exported, edited in a spreadsheet and dropped back is a batch update.
 *
 * <p>Several groups or tags in one cell are joined by a semicolon. A cell that a spreadsheet would take for a
 * formula is written with a leading apostrophe (RULES P60), which the import takes off again.
 */
public final class ExportColumns {

    /** Source system and layout of our own export. */
    public static final String SOURCE_SYSTEM = "repertoire";

    /** Contact points a row has room for; further ones are not exported. */
    public static final int CONTACT_POINTS = 5;

    public static final List<String> ALL = Stream.of(
                    Stream.of(
                            "customer_id",
                            "code",
                            "status",
                            "type",
                            "title",
                            "given_name",
                            "family_name",
                            "display_name",
                            "company_name",
                            "job_title",
                            "preferred_language",
                            "birth_date"),
                    numbered("email"),
                    numbered("phone"),
                    Stream.of(
                            "address_line1",
                            "address_line2",
                            "address_line3",
                            "city",
                            "region",
                            "postal_code",
                            "country",
                            "loyalty_card",
                            "groups",
                            "tags",
                            "notes",
                            "created_at",
                            "updated_at"))
            .flatMap(columns -> columns)
            .toList();

    private ExportColumns() {}

    /** {@code email, email_2, … email_5}. */
    private static Stream<String> numbered(String name) {
        return IntStream.rangeClosed(1, CONTACT_POINTS).mapToObj(n -> n == 1 ? name : name + "_" + n);
    }
}
