package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.Input;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ExportColumns;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever column a system's file has, what stands in it is found on the customer: in a field of its own or as an attribute. */
class EveryColumnTest {

    private final CustomerNormaliser normaliser = CustomerNormaliser.standard();
    private final Layouts layouts = new Layouts();

    @TestFactory
    Stream<DynamicTest> every_column_of_every_template_is_on_the_customer() {
        var templates = new Templates(layouts);
        return templates.layouts().stream()
                // Our own export is of customers that there are: its round trip has tests of its own.
                .filter(layout -> !layout.equals(ExportColumns.SOURCE_SYSTEM))
                .flatMap(layout -> templates.languages(layout).stream()
                        .map(language -> DynamicTest.dynamicTest(
                                layout + " " + language,
                                () -> assertNothingIsLost(layout, templates.header(layout, language)))));
    }

    @TestFactory
    Stream<DynamicTest> every_column_that_a_layout_names_is_on_the_customer() {
        return layouts.names().stream()
                .filter(name -> layouts.source(name) != null)
                .map(name -> DynamicTest.dynamicTest(name, () -> assertNothingIsLost(name, named(name))));
    }

    @TestFactory
    Stream<DynamicTest> every_column_of_the_real_headers_is_on_the_customer() throws IOException {
        JsonNode headers = new ObjectMapper()
                .readTree(SharedData.require("pos-csv/headers.json").toFile());
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode one : headers) {
            List<String> header = new ArrayList<>();
            one.path("columns").forEach(column -> header.add(column.asText().replace("\ufeff", "")));
            if (!header.isEmpty()) {
                tests.add(DynamicTest.dynamicTest(one.path("id").asText(), () -> assertNothingIsLost(null, header)));
            }
        }
        return tests.stream();
    }

    /** Each name once, a second column of the same name where the layout has a place for it. */
    private List<String> named(String layout) {
        LayoutFile file = layouts.source(layout);
        List<String> header = new ArrayList<>();
        List<String> again = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        file.columns()
                .values()
                .forEach(names -> names.forEach(name -> {
                    if (keys.add(HeaderName.keyInLayout(name))) {
                        int at = name.indexOf('#');
                        (at < 0 ? header : again).add(at < 0 ? name : name.substring(0, at));
                    }
                }));
        header.addAll(again);
        return header;
    }

    private void assertNothingIsLost(String layout, List<String> header) throws IOException {
        var result = layouts.map(header, layout);
        assertThat(result).as("%s", result).isInstanceOf(Mapping.class);
        var row = new FilledRow((Mapping) result, header);
        MappedText read = MappedText.of(row.text(), layout);
        assertThat(read.rows()).hasSize(1);
        CustomerSubmission submission = read.rows().get(0);
        var directory = new InMemoryDirectory(DirectoryMachine.create(normaliser, id -> DirectoryPolicy.defaults()));
        submission.setImportId(null);
        submission.setLine(null);
        directory.apply(new Input.Submission(submission));
        assertThat(directory.sent(Topics.DIRECTORY))
                .as("%s", problems(submission))
                .hasSize(1);
        Customer image = directory.sent(Topics.DIRECTORY).get(0);

        String text = image.toString();
        List<String> lost = new ArrayList<>();
        for (FilledRow.Cell cell : row.cells()) {
            boolean there =
                    cell.field() == Field.IGNORED || cell.shown().stream().allMatch(text::contains);
            // A lesser column of a field that another one fills is an attribute, as it was written.
            boolean kept = image.getAttributes().containsValue(cell.value());
            if (!there && !kept) {
                lost.add(cell.header() + " (" + cell.field() + ") " + cell.shown());
            }
        }
        assertThat(lost).as(text).isEmpty();
    }

    private static List<String> problems(CustomerSubmission submission) {
        return submission.getProblems().stream().map(Problem::getCode).toList();
    }
}
