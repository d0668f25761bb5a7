package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of the corpora, and what becomes of it; {@code corpus/*.tsv} says so, file by file: its encoding and delimiter, its
 * rows, how many of them cannot be read, and the layout or the refusal. Skipped where the corpora are not at hand.
 */
class CorpusTest {

    @TestFactory
    Stream<DynamicTest> csv_nasty() throws IOException {
        return tests("csv-nasty");
    }

    @TestFactory
    Stream<DynamicTest> pos_csv() throws IOException {
        return tests("pos-csv");
    }

    private static Stream<DynamicTest> tests(String corpus) throws IOException {
        Path folder = SharedData.require(corpus);
        Map<String, String> expected = expected(corpus);
        try (Stream<Path> all = Files.walk(folder)) {
            List<DynamicTest> tests = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString();
                tests.add(DynamicTest.dynamicTest(name, () -> assertThat(name + '\t' + outcome(file))
                        .isEqualTo(name + '\t' + expected.get(name))));
            }
            return tests.stream();
        }
    }

    private static Map<String, String> expected(String corpus) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        try (var in = CorpusTest.class.getResourceAsStream("/corpus/" + corpus + ".tsv")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int tab = line.indexOf('\t');
                expected.put(line.substring(0, tab), line.substring(tab + 1));
            });
        }
        return expected;
    }

    private static String outcome(Path file) throws IOException {
        FileProbe probe = FileProbe.of(file);
        CsvFile opened = CsvTable.open(file, probe, CsvLimits.DEFAULT, new Layouts()::known);
        if (opened instanceof CsvRefusal refusal) {
            return "refused\t" + refusal.code();
        }
        int rows = 0;
        int faults = 0;
        String delimiter;
        try (CsvTable table = (CsvTable) opened) {
            delimiter = table.delimiter() == '\t' ? "tab" : String.valueOf(table.delimiter());
            long last = table.header().line();
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                rows++;
                faults += row.fault() == null ? 0 : 1;
                assertThat(row.line()).isGreaterThan(last);
                last = row.line();
            }
        }
        MappedText read = MappedText.of(file, null);
        if (read.refused() == null) {
            assertThat(read.rows()).hasSize(rows);
            assertThat(read.rows().stream()
                            .filter(row -> row.getCustomer() == null)
                            .count())
                    .isEqualTo(faults);
        }
        String whose = read.refused() == null ? read.layout() : read.refused();
        return probe.encoding().name() + '\t' + delimiter + '\t' + rows + '\t' + faults + '\t' + whose;
    }

    @Test
    void p53_one_french_file_in_every_encoding_gives_the_same_people() throws IOException {
        Path folder = SharedData.require("csv-nasty/encodings");
        List<String> expected = people(folder.resolve("wix_fr.utf-8-bom.csv"));
        assertThat(expected).isNotEmpty();
        for (String name : List.of(
                "utf-8-double-bom",
                "utf-16be-bom",
                "utf-16le-bom",
                "utf-16le-nobom",
                "windows-1252",
                "iso-8859-15",
                "macroman",
                "cp850",
                "nfd",
                "mojibake-utf8-as-1252",
                "cr-only",
                "sep-line")) {
            assertThat(people(folder.resolve("wix_fr." + name + ".csv")))
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    /** Composed, as the validation composes every text. */
    private static List<String> people(Path file) throws IOException {
        MappedText read = MappedText.of(file, null);
        assertThat(read.layout()).as(file.toString()).isEqualTo("wix");
        return read.rows().stream()
                .map(row -> Normalizer.normalize(
                        row.getCustomer().getGivenName() + " "
                                + row.getCustomer().getFamilyName() + " "
                                + row.getCustomer().getPhones().stream()
                                        .map(SubmittedPhone::getValue)
                                        .toList() + " " + row.getCustomer().getTags(),
                        Normalizer.Form.NFC))
                .toList();
    }

    @Test
    void what_was_garbled_is_put_right_and_said_so() throws IOException {
        var read = MappedText.of("PrÃ©nom,Nom,Courriel\nHÃ©lÃ¨ne,Cœur â€™ NÃO,a@x.ca\nAnn,Roy,b@x.ca\n");
        assertThat(read.rows().get(0).getCustomer().getGivenName()).isEqualTo("Hélène");
        assertThat(read.rows().get(0).getCustomer().getFamilyName()).isEqualTo("Cœur ’ NÃO");
        assertThat(read.codes(0)).containsExactly("MOJIBAKE_REPAIRED");
        assertThat(read.codes(1)).isEmpty();
    }

    @Test
    void p19_a_long_id_whose_digits_a_spreadsheet_ate_is_no_id_and_one_that_is_whole_stays() throws IOException {
        var read = MappedText.of("Customer ID,First Name,Email,Accepts Email Marketing\n"
                + "7.21045E+17,Ann,a@x.ca,no\n'721044830112299001,Bob,b@x.ca,no\n721044830112299001.0,Cy,c@x.ca,no\n"
                + "0,Di,d@x.ca,no\nN/A,Ed,e@x.ca,no\n");
        assertThat(read.rows().get(0).getSourceCustomerId()).isNull();
        assertThat(read.codes(0)).containsExactly("EXCEL_SCIENTIFIC");
        assertThat(read.rows().get(1).getSourceCustomerId()).isEqualTo("721044830112299001");
        assertThat(read.rows().get(2).getSourceCustomerId()).isEqualTo("721044830112299001");
        assertThat(read.rows().get(3).getSourceCustomerId()).isNull();
        assertThat(read.rows().get(4).getSourceCustomerId()).isNull();
        assertThat(read.rows()).allSatisfy(row -> assertThat(row.getProblems())
                .noneMatch(problem -> problem.getSeverity() == Severity.ERROR));
    }

    @Test
    void p19_what_a_spreadsheet_made_a_date_of_or_rounded_is_no_id() throws IOException {
        var read = MappedText.of("Customer ID,First Name,Email,Accepts Email Marketing\n"
                + "05-Jan,Ann,a@x.ca,no\nfévr-12,Bob,b@x.ca,no\n721044830112299000,Cy,c@x.ca,no\n"
                + "72104483011229,Di,d@x.ca,no\nA-MAR,Ed,e@x.ca,no\n");
        assertThat(read.codes(0)).containsExactly("EXCEL_DATE");
        assertThat(read.codes(1)).containsExactly("EXCEL_DATE");
        assertThat(read.codes(2)).containsExactly("EXCEL_SCIENTIFIC");
        assertThat(read.rows().subList(0, 3)).allMatch(row -> row.getSourceCustomerId() == null);
        assertThat(read.rows().get(3).getSourceCustomerId()).isEqualTo("72104483011229");
        assertThat(read.rows().get(4).getSourceCustomerId()).isEqualTo("A-MAR");
    }
}
