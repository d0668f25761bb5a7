package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.xlsx.WorkbookFile;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbook in the inbox, from the claim to its rejects. */
class WorkbookImportTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    private final Layouts layouts = new Layouts();
    private final FakeTopic topic = new FakeTopic();

    @TempDir
    Path data;

    private DataFolders folders;
    private Claims claims;

    @BeforeEach
    void prepare() throws IOException {
        folders = new DataFolders(data);
        folders.prepare();
        claims = new Claims(folders, CLOCK);
    }

    @Test
    void its_rows_are_those_of_the_sheet_and_its_rejects_are_csv() throws IOException {
        Claim claim = claim(
                "clients.xlsx",
                WorkbookFile.row(1, "Prénom", "Courriel", "Notes")
                        + WorkbookFile.row(3, "Ann", "a@x.ca", "deux\nlignes")
                        + WorkbookFile.row(4, "Bob", "b@x.ca"),
                new Properties());

        assertThat(send(claim)).isInstanceOf(FileImport.Result.Sent.class);
        List<CustomerSubmission> rows = topic.submissions.stream()
                .filter(submission -> submission.getKind() == SubmissionKind.RECORD)
                .toList();
        assertThat(rows).extracting(CustomerSubmission::getLine).containsExactly(3L, 4L);
        assertThat(rows).extracting(CustomerSubmission::getRow).containsOnlyNulls();
        assertThat(topic.submissions.get(0).getImportSpec().getEncoding()).isEqualTo("xlsx");

        Path target = data.resolve("out").resolve("clients.rejects.csv");
        try (RejectsFile rejects = RejectsFile.begin(claim, layouts, target)) {
            var record = new RejectedRecord();
            record.setLine(4L);
            record.setErrors(List.of(new Problem(null, "Courriel", "X", "English", null, Severity.ERROR)));
            rejects.add(record);
            rejects.finish();
        }
        assertThat(Files.readString(target))
                .isEqualTo("\ufeffPrénom,Courriel,Notes,ligne,champ,problème\r\nBob,b@x.ca,,4,Courriel,English\r\n");
    }

    @Test
    void another_sheet_is_another_import_and_a_layout_may_refuse_workbooks() throws IOException {
        String rows = WorkbookFile.row(1, "Prénom", "Courriel") + WorkbookFile.row(2, "Ann", "a@x.ca");
        var others = new Properties();
        others.setProperty("sheet", "Autres");
        Claim first = claim("a.xlsx", rows, new Properties());
        Claim second = claim("b.xlsx", rows, others);
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        assertThat(refused(second)).isEqualTo("NO_HEADER");

        Claim moneris = claim(
                "m.xlsx",
                WorkbookFile.row(1, "ID de Client", "Courriel", "Actif O/N") + WorkbookFile.row(2, "1", "a@x.ca", "O"),
                new Properties());
        assertThat(refused(moneris)).isEqualTo("NOT_CSV_XLSX");
    }

    @Test
    void a_path_in_a_file_name_refuses_the_file() throws IOException {
        for (String name : List.of("../../etc/passwd", "a/b.csv", "..\\b.csv", "..")) {
            var given = new Properties();
            given.setProperty("file.name", name);
            Claim claim = claim("a.xlsx", WorkbookFile.row(1, "Email", name.length() + "x"), given);
            assertThat(claim.file().getParent()).isEqualTo(claim.folder());
            assertThat(refused(claim)).as(name).isEqualTo("BAD_OPTION");
        }
    }

    private String refused(Claim claim) throws IOException {
        FileImport.Result result = send(claim);
        assertThat(result).isInstanceOf(FileImport.Result.Refused.class);
        return ((FileImport.Result.Refused) result).why().code();
    }

    private FileImport.Result send(Claim claim) throws IOException {
        var imports =
                new FileImport(() -> layouts, FileChecks.in(data, () -> false), CLOCK, IngestMetrics.NOOP, () -> false);
        try (Publisher publisher = topic.open("main", FlowControl.OFF)) {
            return imports.run(claim, publisher, FlowControl.OFF, new SilentListener());
        }
    }

    private Claim claim(String name, String rows, Properties options) throws IOException {
        Path file = folders.inbox().resolve(name);
        WorkbookFile.write(file, rows);
        try (var sidecar = Files.newBufferedWriter(Sidecar.of(file))) {
            options.store(sidecar, null);
        }
        return Objects.requireNonNull(claims.claim(new Drop("main", file)));
    }
}
