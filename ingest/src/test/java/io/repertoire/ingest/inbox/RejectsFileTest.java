package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Severity;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsFileTest {

    private static final Charset WESTERN = Charset.forName("windows-1252");

    private final Layouts layouts = new Layouts();

    @TempDir
    Path folder;

    @Test
    void rows_come_back_as_they_were_in_their_own_encoding_delimiter_and_line_ends() throws IOException {
        Path file = write("Prénom;Nom;Remarques\r\nÉloïse;Côté;\"a;b\"\r\n;;x\r\n", WESTERN);
        byte[] written = rejects(file, rejected(3, 3L, "NO_IDENTITY", null));
        assertThat(new String(written, WESTERN))
                .isEqualTo("Prénom;Nom;Remarques;ligne;champ;problème\r\n"
                        + ";;x;3;;\"Aucun prénom, nom, courriel ou téléphone utilisable : il en faut au moins un."
                                .replace("\"", "")
                        + "\r\n");
    }

    @Test
    void p59_a_card_number_does_not_go_round_in_a_rejects_file() throws IOException {
        Path file =
                write("First name,Loyalty card,Notes\n-,2900012345678,4111 1111 1111 1111\n", StandardCharsets.UTF_8);
        assertThat(text(rejects(file, rejected(2, null, "NO_IDENTITY", null))))
                .contains("-,2900012345678,[card number removed],2,")
                .doesNotContain("4111");
        Path named = write("First name,Email,4111111111111111\n-,,\n", StandardCharsets.UTF_8);
        assertThat(text(rejects(named, rejected(2, null, "NO_IDENTITY", null))))
                .startsWith("First name,Email,[card number removed],line,")
                .doesNotContain("4111");
        assertThat(RejectsFile.nameFor("4111111111111111.csv")).isEqualTo("[card number removed].rejects.csv");
    }

    @Test
    void a_byte_order_mark_and_a_separator_line_are_kept() throws IOException {
        Path file = write("\ufeffsep=;\nPrénom;Nom\n;\n;x y\n", StandardCharsets.UTF_8);
        String written = new String(rejects(file, rejected(4, null, "NO_IDENTITY", null)), StandardCharsets.UTF_8);
        assertThat(written).startsWith("\ufeffsep=;\nPrénom;Nom;ligne;champ;problème\n;x y;4;;");
    }

    @Test
    void short_rows_are_filled_up_so_that_the_added_columns_are_in_their_place() throws IOException {
        Path file = write("First name,Email,Phone\n-\n", StandardCharsets.UTF_8);
        assertThat(text(rejects(file, rejected(2, null, "NO_IDENTITY", "Email"))))
                .startsWith("First name,Email,Phone,line,field,problem\n-,,,2,Email,");
    }

    @Test
    void a_rejects_file_dropped_back_unchanged_gives_itself() throws IOException {
        Path file = write("First name,Email\n\"N/A, none\",\n-\n", StandardCharsets.UTF_8);
        byte[] first = rejects(file, rejected(2, null, "NO_IDENTITY", null), rejected(3, null, "NO_IDENTITY", null));
        Path again = Files.write(folder.resolve("again.csv"), first);
        byte[] second = rejects(again, rejected(2, null, "NO_IDENTITY", null), rejected(3, null, "NO_IDENTITY", null));
        assertThat(text(second)).isEqualTo(text(first));
    }

    @Test
    void a_row_with_too_many_cells_keeps_them_however_often_it_is_dropped_back() throws IOException {
        Path file = write("First name,Email\nBob,b@x.ca,more,cells\n", StandardCharsets.UTF_8);
        RejectedRecord record = rejected(2, null, RowFault.EXTRA_CELLS.name(), null);
        byte[] first = rejects(file, record);
        assertThat(text(first)).contains("\nBob,b@x.ca,more,cells,2,,");
        Path again = Files.write(folder.resolve("again.csv"), first);
        byte[] second = rejects(again, record);
        assertThat(text(second)).isEqualTo(text(first));
        Path cut = Files.writeString(folder.resolve("cut.csv"), text(first).replace(",2,,", ",x,,"));
        assertThat(text(rejects(cut, record))).contains("\nBob,b@x.ca,more,cells,x,,");
    }

    @Test
    void an_unreadable_row_dropped_back_unmended_does_not_grow() throws IOException {
        Path file = write("First name,Email\n\"Bob,b@x.ca\n\"Dan\"x,d@x.ca\n", StandardCharsets.UTF_8);
        RejectedRecord[] records = {
            rejected(2, null, RowFault.UNCLOSED_QUOTE.name(), null),
            rejected(3, null, RowFault.TEXT_AFTER_QUOTE.name(), "First, name")
        };
        byte[] first = rejects(file, records);
        assertThat(text(first)).contains("\"Bob,b@x.ca,2,,", "\"Dan\"x,d@x.ca,3,");
        Path again = Files.write(folder.resolve("again.csv"), first);
        assertThat(text(rejects(again, records))).isEqualTo(text(first));
    }

    @Test
    void an_unreadable_row_stays_unreadable_until_somebody_mends_it() throws IOException {
        Path file = write("First name,Email\n\"Bob,b@x.ca\nCarl,c@x.ca\n\"Dan\"x,d@x.ca\n", StandardCharsets.UTF_8);
        byte[] written = rejects(
                file,
                rejected(2, null, RowFault.UNCLOSED_QUOTE.name(), null),
                rejected(4, null, RowFault.TEXT_AFTER_QUOTE.name(), null));
        Path again = Files.write(folder.resolve("again.csv"), written);
        List<String> faults = new ArrayList<>();
        try (CsvTable table = open(again)) {
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                faults.add(row.line() + " " + row.fault());
            }
        }
        assertThat(faults).containsExactly("2 UNCLOSED_QUOTE", "3 TEXT_AFTER_QUOTE");
    }

    @Test
    void nothing_is_to_be_seen_before_it_is_whole() throws IOException {
        Path file = write("First name,Email\n-,\n", StandardCharsets.UTF_8);
        Path target = folder.resolve("out/x.rejects.csv");
        try (RejectsFile rejects = RejectsFile.begin(claim(file), layouts, target)) {
            rejects.add(rejected(2, null, "NO_IDENTITY", null));
            assertThat(target).doesNotExist();
        }
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void its_name_is_that_of_the_file() {
        assertThat(RejectsFile.nameFor("clients.csv")).isEqualTo("clients.rejects.csv");
        assertThat(RejectsFile.nameFor("clients.rejects.csv")).isEqualTo("clients.rejects.csv");
        assertThat(RejectsFile.nameFor("clients")).isEqualTo("clients.rejects.csv");
        // As long as a name can be in the inbox.
        for (String letter : new String[] {"a", "é", "\ud83d\ude00"}) {
            int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
            String name = RejectsFile.nameFor(letter.repeat(251 / bytes) + ".csv");
            assertThat(name).startsWith(letter).endsWith(letter + ".rejects.csv");
            assertThat(("." + name + ".tmp").getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
        }
    }

    private byte[] rejects(Path file, RejectedRecord... records) throws IOException {
        Path target = folder.resolve("out")
                .resolve(RejectsFile.nameFor(file.getFileName().toString()));
        try (RejectsFile rejects = RejectsFile.begin(claim(file), layouts, target)) {
            for (RejectedRecord record : records) {
                rejects.add(record);
                rejects.add(record);
            }
            assertThat(rejects.rows()).isEqualTo(records.length);
            rejects.finish();
        }
        return Files.readAllBytes(target);
    }

    private CsvTable open(Path file) throws IOException {
        CsvFile opened = CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, layouts::known);
        return (CsvTable) opened;
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("clients.csv"), text.getBytes(charset));
    }

    private Claim claim(Path file) {
        var given = new Properties();
        return new Claim(
                folder,
                "main",
                "i1",
                "sha",
                file.getFileName().toString(),
                Instant.EPOCH,
                Instant.EPOCH,
                given,
                ImportOptions.of(given));
    }

    private static RejectedRecord rejected(long line, Long row, String code, String column) {
        var record = new RejectedRecord();
        record.setLine(line);
        record.setRow(row == null || row == line ? null : row);
        record.setErrors(List.of(new Problem(null, column, code, "English", null, Severity.ERROR)));
        return record;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
