package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.normalise.DefaultCustomerNormaliser;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real machine through the real topology: small stories from input bytes to output bytes. */
class DirectoryScenarioTest {

    private static final String IMPORT = "20260301-101530-abcdef";
    private static final String SHA256 = "abcdef".repeat(10) + "abcd";

    @TempDir
    Path state;

    private TopologyRig rig;

    @BeforeEach
    void open() {
        var policy = DirectoryPolicy.defaults();
        rig = TopologyRig.of(
                state,
                DirectoryMachine.create(new DefaultCustomerNormaliser(BlockList.shipped()), directory -> policy));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void two_submissions_with_one_email_are_one_customer_whose_second_image_follows_the_first() {
        rig.pipe(Topics.SUBMISSIONS, "main", Samples.customer("till/1", "Zoé", "Tremblay", "zoe@shop.example.ca"));
        rig.pipe(Topics.SUBMISSIONS, "main", Samples.customer("till/2", "Zoë", "Tremblay", "ZOE@shop.example.ca"));
        rig.pipe(Topics.SUBMISSIONS, "main", Samples.customer("till/3", "Luc", "Roy", "luc@shop.example.ca"));

        var images = rig.read(Topics.DIRECTORY);
        assertThat(images.stream().map(r -> r.key()).distinct()).hasSize(2);
        assertThat(images).allSatisfy(r -> {
            assertThat(RecordHeaders.get(r.headers(), RecordHeaders.VERSION))
                    .isEqualTo(Long.toString(r.value().getVersion()));
            assertThat(RecordHeaders.get(r.headers(), RecordHeaders.LAST_OF_INPUT))
                    .isEqualTo("true");
            assertThat(r.key()).isEqualTo("main/" + r.value().getCustomerId()).doesNotContain("@");
        });
        assertThat(images).extracting(r -> r.value().getVersion()).isSorted().doesNotHaveDuplicates();
        assertThat(rig.deadLetters()).isEmpty();
        long last = images.get(images.size() - 1).value().getVersion();
        assertThat(rig.held(StateTable.DIRECTORIES, "main").getVersion()).isEqualTo(last);
    }

    @Test
    void an_import_is_answered_row_by_row_and_its_counts_balance() {
        rig.pipe(Topics.SUBMISSIONS, "main", marker(SubmissionKind.IMPORT_START));
        rig.pipe(Topics.SUBMISSIONS, "main", row(2, "Anne", "Roy", "anne.roy@shop.example.ca", "514 842-1234"));
        rig.pipe(Topics.SUBMISSIONS, "main", row(3, "Anne", "Roy", "anne.roy@shop.example.ca", "514 842-5678"));
        rig.pipe(Topics.SUBMISSIONS, "main", row(4, "Jean", "Côté", "jean.cote@shop.example.ca", null));
        rig.pipe(Topics.SUBMISSIONS, "main", row(5, null, null, null, null));
        var end = marker(SubmissionKind.IMPORT_END);
        end.setImportSpec(null);
        end.setImportEnd(ImportEnd.newBuilder().setRead(4).build());
        rig.pipe(Topics.SUBMISSIONS, "main", end);

        assertThat(rig.read(Topics.ROW_OUTCOMES))
                .extracting(r -> r.value().getLine() + " " + r.value().getOutcome())
                .containsExactly("2 CREATED", "3 UPDATED", "4 CREATED", "5 REJECTED");
        var summaries = rig.read(Topics.IMPORTS);
        assertThat(summaries).extracting(r -> r.key()).containsOnly("main/" + IMPORT);
        var last = summaries.get(summaries.size() - 1).value();
        assertThat(last.getStatus()).isEqualTo(ImportStatus.PROCESSED);
        var counts = last.getCounts();
        assertThat(counts.getRead()).isEqualTo(4);
        assertThat(counts.getCreated()
                        + counts.getUpdated()
                        + counts.getUnchanged()
                        + counts.getMerged()
                        + counts.getReview()
                        + counts.getRejected()
                        + counts.getSuppressed())
                .isEqualTo(4);
        assertThat(last.getThroughVersion())
                .isEqualTo(rig.held(StateTable.DIRECTORIES, "main").getVersion());
        assertThat(rig.read(Topics.REJECTED)).hasSize(1);
        assertThat(rig.metrics.count("rejected customers.submissions.v1")).isEqualTo(1);
        assertThat(rig.metrics.count("accepted customers.submissions.v1")).isEqualTo(5);
    }

    @Test
    void an_unreadable_row_is_a_rejected_record_and_no_dead_letter() {
        var unreadable = row(2, null, null, null, null);
        unreadable.setCustomer(null);
        unreadable.setProblems(List.of(Problem.newBuilder()
                .setCode("UNCLOSED_QUOTE")
                .setSeverity(Severity.ERROR)
                .build()));
        rig.pipe(Topics.SUBMISSIONS, "main", marker(SubmissionKind.IMPORT_START));
        rig.pipe(Topics.SUBMISSIONS, "main", unreadable);
        assertThat(rig.read(Topics.ROW_OUTCOMES))
                .extracting(r -> r.value().getOutcome())
                .containsExactly(RowOutcomeKind.REJECTED);
        assertThat(rig.read(Topics.REJECTED)).hasSize(1);
        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void a_sale_is_recorded_and_a_command_answered() {
        rig.pipe(Topics.SALE_EVENTS, "main", Samples.sale("main", "ticket-1"));
        rig.pipe(Topics.COMMANDS, "main", Samples.command("main", "c1"));
        assertThat(rig.read(Topics.RECORDED_SALES)).hasSize(1);
        assertThat(rig.read(Topics.COMMAND_RESULTS))
                .extracting(r -> r.value().getCommandId())
                .containsExactly("c1");
        assertThat(rig.deadLetters()).isEmpty();
    }

    private static CustomerSubmission row(long line, String given, String family, String email, String phone) {
        var submission = Samples.submission("main", SHA256 + "/" + line);
        submission.setKind(SubmissionKind.RECORD);
        submission.setChannel(Channel.CSV);
        submission.setImportId(IMPORT);
        submission.setLine(line);
        submission.setCustomer(SubmittedCustomer.newBuilder()
                .setGivenName(given)
                .setFamilyName(family)
                .setEmails(email == null ? List.of() : List.of(new SubmittedEmail(email, null)))
                .setPhones(
                        phone == null
                                ? List.of()
                                : List.of(SubmittedPhone.newBuilder()
                                        .setValue(phone)
                                        .build()))
                .build());
        return submission;
    }

    private static CustomerSubmission marker(SubmissionKind kind) {
        var marker = Samples.submission("main", SHA256 + "/" + kind);
        marker.setKind(kind);
        marker.setImportId(IMPORT);
        marker.setImportSpec(ImportSpec.newBuilder()
                .setSha256(SHA256)
                .setSizeBytes(100)
                .setSourceSystem("plain")
                .setLayout("plain")
                .setEncoding("UTF-8")
                .setDelimiter(",")
                .setClaimedAt(Samples.AT)
                .setFileModifiedAt(Samples.AT)
                .build());
        return marker;
    }

    @Test
    void p39_an_implied_consent_lapses_by_the_wall_clock_though_nothing_arrives() {
        var submission = Samples.customer("till/1", "Zoé", "Tremblay", "zoe@shop.example.ca");
        submission
                .getCustomer()
                .setConsents(List.of(new SubmittedConsent(
                        ConsentChannel.EMAIL,
                        ConsentPurpose.MARKETING,
                        ConsentStatus.GRANTED,
                        null,
                        Samples.AT.minus(Duration.ofDays(180)),
                        ConsentBasis.IMPLIED_INQUIRY,
                        null)));
        rig.pipe(Topics.SUBMISSIONS, "main", submission);
        assertThat(rig.read(Topics.MARKETING)).hasSize(1);
        rig.read(Topics.CHANGES);

        rig.wait(Duration.ofHours(12));
        assertThat(rig.read(Topics.MARKETING)).isEmpty();
        rig.wait(Duration.ofDays(2));
        assertThat(rig.read(Topics.MARKETING)).singleElement().satisfies(record -> assertThat(record.value())
                .isNull());
        assertThat(rig.read(Topics.CHANGES))
                .singleElement()
                .satisfies(record -> assertThat(record.value().getType()).isEqualTo(ChangeType.CONSENT_CHANGED));
        rig.wait(Duration.ofDays(400));
        assertThat(rig.read(Topics.CHANGES)).isEmpty();
        assertThat(rig.read(Topics.MARKETING)).isEmpty();
    }
}
