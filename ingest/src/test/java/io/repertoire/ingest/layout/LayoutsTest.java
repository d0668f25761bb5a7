package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ExportColumns;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsTest {

    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant CLAIMED = Instant.parse("2026-02-02T00:00:00Z");

    private final Layouts layouts = new Layouts();

    @TempDir
    Path folder;

    @Test
    void a_plain_english_file_maps_and_keeps_what_it_does_not_know() throws IOException {
        var rows =
                read("unique_id,first_name,surname,dob,city,email,cluster\n7,Rob,Allen,1971-06-24,London,r@x.net,0\n");

        assertThat(mapping("unique_id,first_name,surname,dob,city,email,cluster")
                        .layoutName())
                .isEqualTo("plain-en");
        CustomerSubmission row = rows.get(0);
        assertThat(row.getCustomer().getGivenName()).isEqualTo("Rob");
        assertThat(row.getCustomer().getFamilyName()).isEqualTo("Allen");
        assertThat(row.getCustomer().getBirthDate()).isEqualTo("1971-06-24");
        assertThat(row.getCustomer().getAddresses().get(0).getCity()).isEqualTo("London");
        assertThat(emails(row)).containsExactly("r@x.net");
        assertThat(row.getCustomer().getAttributes())
                .containsOnlyKeys("unique_id", "cluster")
                .containsEntry("unique_id", "7");
        assertThat(row.getSourceCustomerId()).isNull();
        assertThat(row.getObservedAt()).isEqualTo(MODIFIED);
        assertThat(row.getRecordId()).isEqualTo("sha/2");
        assertThat(row.getProblems()).isEmpty();
    }

    @Test
    void p59_a_card_number_as_a_columns_name_goes_nowhere() throws IOException {
        var row = read("First name,Email,4111111111111111\nAnn,a@x.ca,4242 4242 4242 4242\n")
                .get(0);
        assertThat(row.toString()).doesNotContain("4111").doesNotContain("4242");
        assertThat(row.getProblems()).extracting(Problem::getCode).containsExactly("CARD_NUMBER_REMOVED");
    }

    @Test
    void a_plain_french_file_maps_whatever_the_case_accents_and_punctuation() throws IOException {
        String header = "PRENOM;Nom;e-mail;Tél.;Cellulaire;Code Postal;Ville;Carte de fidelite";
        assertThat(mapping(header.split(";")).layoutName()).isEqualTo("plain-fr");
        assertThat(mapping(header.split(";")).language()).isEqualTo("fr");

        var row = read(header + "\nÉloïse;Côté;e@x.ca;418 555-0101;;G1R 2B5;Québec;123\n")
                .get(0)
                .getCustomer();
        assertThat(row.getGivenName()).isEqualTo("Éloïse");
        assertThat(row.getFamilyName()).isEqualTo("Côté");
        assertThat(row.getPhones()).extracting(SubmittedPhone::getValue).containsExactly("418 555-0101");
        assertThat(row.getAddresses().get(0).getPostalCode()).isEqualTo("G1R 2B5");
        assertThat(row.getLoyalty().getCard()).isEqualTo("123");
    }

    @Test
    void a_square_export_gives_its_own_id_and_one_consent() throws IOException {
        String header = "Reference ID,First Name,Surname,Email Address,Phone Number,Nickname,Company Name,"
                + "Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,"
                + "Creation Source,Email Subscription Status";
        var row = read(header
                        + "\nR1,Ann,Roy,a@x.ca,'+15145550101,,,1 Rue A,,Laval,QC,H7A 1A1,,hello,SQ1,Import,Unsubscribed\n")
                .get(0);
        assertThat(row.getSourceSystem()).isEqualTo("square");
        assertThat(row.getSourceCustomerId()).isEqualTo("SQ1");
        assertThat(row.getCustomer().getPhones().get(0).getValue()).isEqualTo("+15145550101");
        assertThat(row.getCustomer().getNotes()).isEqualTo("hello");
        assertThat(row.getCustomer().getConsents()).singleElement().satisfies(consent -> {
            assertThat(consent.getChannel()).isEqualTo(ConsentChannel.EMAIL);
            assertThat(consent.getStatus()).isEqualTo(ConsentStatus.DENIED);
        });
        assertThat(row.getCustomer().getAttributes()).containsEntry("Reference ID", "R1");
    }

    @Test
    void a_shopify_export_loses_its_apostrophes_and_puts_the_customers_own_phone_first() throws IOException {
        String header = "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
                + "Default Address Address1,Default Address City,Default Address Zip,Default Address Phone,Phone,"
                + "Accepts SMS Marketing,Tags";
        var row = read(header
                        + "\n'7210448301122,D'Arcy,'t Hooft,a@x.nl,yes,,Straat 1,Delft,'1234AB,'+311,'+312,no,\"a, b\"\n")
                .get(0);
        assertThat(row.getSourceSystem()).isEqualTo("shopify");
        assertThat(row.getSourceCustomerId()).isEqualTo("7210448301122");
        assertThat(row.getCustomer().getGivenName()).isEqualTo("D'Arcy");
        assertThat(row.getCustomer().getFamilyName()).isEqualTo("'t Hooft");
        assertThat(row.getCustomer().getAddresses().get(0).getPostalCode()).isEqualTo("1234AB");
        assertThat(row.getCustomer().getPhones())
                .extracting(SubmittedPhone::getValue)
                .containsExactly("+312", "+311");
        assertThat(row.getCustomer().getTags()).containsExactly("a", "b");
        assertThat(row.getCustomer().getConsents())
                .extracting(c -> c.getChannel() + " " + c.getStatus())
                .containsExactly("EMAIL GRANTED", "SMS DENIED");
    }

    @Test
    void our_own_export_is_recognised_column_by_column() throws IOException {
        assertThat(mapping(ExportColumns.ALL.toArray(String[]::new)).layoutName())
                .isEqualTo("repertoire");
        assertThat(mapping(ExportColumns.ALL.toArray(String[]::new)).notes()).isNull();
        String header = String.join(",", ExportColumns.ALL);
        var row = read(header
                        + "\nid1,C-00001,ACTIVE,PERSON,,Ann,'=Roy,,,,fr,,a@x.ca,b@x.ca,,,,+15145550101,,,,,"
                        + "1 Rue A,,,Laval,QC,H7A 1A1,CA,77,vip; gold,t1,note,2025-01-01T00:00:00Z,2025-06-01T10:00:00Z\n")
                .get(0);
        assertThat(row.getCustomer().getCustomerId()).isEqualTo("id1");
        assertThat(row.getCustomer().getCode()).isEqualTo("C-00001");
        assertThat(row.getCustomer().getFamilyName()).isEqualTo("=Roy");
        assertThat(emails(row)).containsExactly("a@x.ca", "b@x.ca");
        assertThat(row.getCustomer().getGroups()).containsExactly("vip", "gold");
        assertThat(row.getCustomer().getAttributes()).isEmpty();
        assertThat(row.getObservedAt()).isEqualTo(Instant.parse("2025-06-01T10:00:00Z"));
    }

    @Test
    void a_mixed_header_is_mapped_as_well_as_can_be() {
        var mapping = mapping("Prénom", "Last name", "SMS", "Courriel", "Shoe size");
        assertThat(mapping.layoutName()).isEqualTo("generic");
        assertThat(mapping.notes()).isEqualTo("Kept as attributes: Shoe size.");
    }

    @Test
    void a_header_that_names_nobody_is_refused_without_repeating_it() {
        var result = layouts.map(List.of("Jean", "jean@example.org", "12"), null);
        assertThat(result).isInstanceOfSatisfying(MappingResult.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("NO_HEADER");
            assertThat(refused.message()).contains("looks like a customer").doesNotContain("jean");
        });
    }

    @Test
    void p53_a_column_twice_is_refused_by_name() {
        var result = layouts.map(List.of("Email", "First Name", "e-mail"), null);
        assertThat(result).isInstanceOfSatisfying(MappingResult.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("DUPLICATE_HEADER"));
        assertThat(layouts.map(List.of("Email", "First Name", "", ""), null)).isInstanceOf(Mapping.class);
    }

    @Test
    void a_layout_nobody_has_is_refused_and_the_ones_there_are_named() {
        assertThat(layouts.map(List.of("Email"), "sqare"))
                .isInstanceOfSatisfying(MappingResult.Refused.class, refused -> assertThat(refused.message())
                        .contains("plain-en")
                        .contains("square"));
    }

    @Test
    void the_columns_of_a_rejects_file_are_not_the_customers() throws IOException {
        var row = read("Prénom,Nom,E-mail,ligne,champ,problème\nAnn,Roy,a@x.ca,7,E-mail,mauvais\n")
                .get(0);
        assertThat(row.getCustomer().getAttributes()).isEmpty();
        assertThat(row.getProblems()).isEmpty();
        assertThat(mapping("Prénom", "Nom", "E-mail", "ligne", "champ", "problème")
                        .layoutName())
                .isEqualTo("plain-fr");
    }

    @Test
    void ragged_rows_are_read_when_short_and_rejected_when_long() throws IOException {
        var rows = read("First name,Email,Phone\nAnn\nBo,b@x.ca,1,,\nCy,c@x.ca,1,2\n");
        assertThat(rows.get(0).getProblems()).isEmpty();
        assertThat(rows.get(1).getProblems()).isEmpty();
        assertThat(rows.get(2).getProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.getCode()).isEqualTo("EXTRA_CELLS");
            assertThat(problem.getSeverity()).isEqualTo(Severity.ERROR);
        });
    }

    @Test
    void card_numbers_never_leave_and_other_numbers_do() throws IOException {
        var row = read("First name,Email,Notes,Ref\nAnn,a@x.ca,card 4111 1111 1111 1111 ok,4111111111111111\n")
                .get(0);
        assertThat(row.toString()).doesNotContain("4111 1111").doesNotContain("41111111");
        assertThat(row.getProblems()).extracting(Problem::getCode).containsOnly("CARD_NUMBER_REMOVED");
        assertThat(row.getProblems()).extracting(Problem::getSeverity).containsOnly(Severity.WARNING);
        assertThat(row.getCustomer().getNotes()).startsWith("card ").endsWith(" ok");
    }

    @Test
    void a_value_too_long_for_any_record_is_dropped_and_the_row_kept() throws IOException {
        var row = read("First name,Email,Notes\nAnn,a@x.ca," + "x".repeat(1 << 20) + "\n")
                .get(0);
        assertThat(row.getCustomer().getNotes()).isNull();
        assertThat(row.getProblems()).extracting(Problem::getCode).containsExactly("TOO_LONG");
        assertThat(row.getProblems().get(0).getColumn()).isEqualTo("Notes");
    }

    @Test
    void an_unreadable_row_is_a_submission_of_its_own() throws IOException {
        var rows = read("First name,Email\n\"Bob,b@x.ca\nCarl,c@x.ca\n");
        assertThat(rows.get(0).getCustomer()).isNull();
        assertThat(rows.get(0).getLine()).isEqualTo(2);
        assertThat(rows.get(0).getProblems()).extracting(Problem::getCode).containsExactly("UNCLOSED_QUOTE");
        assertThat(rows.get(1).getCustomer().getGivenName()).isEqualTo("Carl");
    }

    @Test
    void times_are_never_later_than_receipt() throws IOException {
        var rows = read("First name,Email,Updated at\nA,a@x.ca,2999-01-01\nB,b@x.ca,2020-05-06 07:08\nC,c@x.ca,soon\n");
        assertThat(rows)
                .extracting(CustomerSubmission::getObservedAt)
                .containsExactly(CLAIMED, Instant.parse("2020-05-06T07:08:00Z"), MODIFIED);
        assertThat(rows.get(2).getProblems()).extracting(Problem::getCode).containsExactly("DATE_INVALID");
    }

    @Test
    void what_kind_of_phone_a_column_holds_is_kept() throws IOException {
        var row = read("Prénom,Portable,Tél fixe\nAnn,0612345678,0123456789\n").get(0);
        assertThat(row.getCustomer().getPhones())
                .extracting(SubmittedPhone::getKind)
                .containsExactly(PhoneKind.MOBILE, PhoneKind.FIXED);
    }

    private Mapping mapping(String... header) {
        String[] cells = header.length == 1 ? header[0].split(",") : header;
        return (Mapping) layouts.map(Arrays.asList(cells), null);
    }

    private List<CustomerSubmission> read(String text) throws IOException {
        Path file = folder.resolve("file.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        CsvFile opened = CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, layouts::known);
        try (CsvTable table = (CsvTable) opened) {
            List<String> header = table.header().cells();
            Mapping mapping = (Mapping) layouts.map(header, null);
            var origin = new RowMapper.Origin("main", "i1", "sha", mapping.layoutName(), MODIFIED, CLAIMED);
            var mapper = new RowMapper(mapping, origin);
            List<CustomerSubmission> rows = new ArrayList<>();
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                rows.add(mapper.map(row));
            }
            return rows;
        }
    }

    private static List<String> emails(CustomerSubmission row) {
        return row.getCustomer().getEmails().stream()
                .map(SubmittedEmail::getValue)
                .toList();
    }
}
