package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.Topics;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaleTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private int next;

    private @Nullable RecordedSale sale(
            SaleOperation operation, String saleId, @Nullable CustomerReference reference, @Nullable People person) {
        return sale("e" + ++next, operation, saleId, reference, person == null ? null : person.details(), next);
    }

    private @Nullable RecordedSale sale(
            String eventId,
            SaleOperation operation,
            String saleId,
            @Nullable CustomerReference reference,
            @Nullable SubmittedCustomer customer,
            int day) {
        directory.apply(new Input.Sale(new SaleEvent(
                eventId,
                People.DIRECTORY,
                "till",
                saleId,
                operation,
                null,
                reference,
                customer,
                People.RECEIVED,
                People.DAY.plusSeconds(86_400L * day),
                "Laval",
                "2",
                null,
                "T1",
                "CAD",
                new BigDecimal("12.50"),
                null,
                List.of(),
                List.of())));
        List<RecordedSale> sent = directory.lastSent(Topics.RECORDED_SALES);
        return sent.isEmpty() ? null : sent.get(0);
    }

    private String customer(People person) {
        directory.apply(person.said());
        List<String> ids = directory.lastSent(Topics.DIRECTORY).stream()
                .map(c -> c.getCustomerId())
                .toList();
        return ids.get(0);
    }

    private static CustomerReference byId(String id) {
        return new CustomerReference(id, null, null);
    }

    @Test
    void contact_details_on_a_sale_are_a_submission_and_the_sale_points_to_it() {
        String a = customer(People.named("Jean", "Tremblay").email("j@x.ca").from("csv"));
        RecordedSale sale = sale(
                SaleOperation.RECORD,
                "s1",
                null,
                People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550001"));
        assertThat(sale.getCustomerId()).isEqualTo(a);
        assertThat(sale.getSourceKey()).isNotNull();
        assertThat(sale.getTotal()).isEqualByComparingTo("12.50");
        assertThat(directory.images().get(a).getPhones()).hasSize(1);
    }

    @Test
    void a_sale_finds_its_customer_by_id_code_systems_id_and_card() {
        String a = customer(People.named("Jean", "Tremblay").withId("77").card("9001"));
        assertThat(sale(SaleOperation.RECORD, "s1", byId(a), null).getCustomerId())
                .isEqualTo(a);
        assertThat(sale(SaleOperation.RECORD, "s2", byId("C-00001"), null).getCustomerId())
                .isEqualTo(a);
        assertThat(sale(SaleOperation.RECORD, "s3", new CustomerReference(null, "77", null), null)
                        .getCustomerId())
                .isEqualTo(a);
        assertThat(sale(SaleOperation.RECORD, "s4", new CustomerReference(null, null, "9001"), null)
                        .getCustomerId())
                .isEqualTo(a);
    }

    @Test
    void an_unknown_reference_keeps_the_sale_and_is_reported() {
        RecordedSale sale = sale(SaleOperation.RECORD, "s1", byId("cus_nobody"), null);
        assertThat(sale.getCustomerId()).isNull();
        assertThat(directory.lastSent(Topics.REJECTED).get(0).getErrors())
                .extracting(Problem::getCode)
                .containsExactly("UNKNOWN_CUSTOMER");
    }

    @Test
    void details_that_break_a_rule_keep_the_sale_and_are_reported() {
        RecordedSale sale = sale(SaleOperation.RECORD, "s1", null, People.nameless());
        assertThat(sale.getCustomerId()).isNull();
        assertThat(directory.lastSent(Topics.REJECTED)).hasSize(1);
    }

    @Test
    void the_same_event_again_has_no_effect() {
        sale(
                "e1",
                SaleOperation.RECORD,
                "s1",
                null,
                People.nameless().phone("5145550001").details(),
                1);
        assertThat(sale(
                        "e1",
                        SaleOperation.RECORD,
                        "s1",
                        null,
                        People.nameless().phone("5145550001").details(),
                        1))
                .isNull();
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
    }

    @Test
    void p11_replacing_the_customer_re_points_the_sale_and_joins_nobody() {
        String a = customer(People.named("Jean", "Tremblay").email("j@x.ca"));
        String b = customer(People.named("Jean", "Tremblay").phone("5145550001"));
        sale(SaleOperation.RECORD, "s1", byId(a), null);
        assertThat(sale(SaleOperation.REPLACE, "s1", byId(b), null).getCustomerId())
                .isEqualTo(b);
        assertThat(directory.images()).containsOnlyKeys(a, b);
        assertThat(directory.sent(Topics.REVIEWS)).isEmpty();
        assertThat(sale(SaleOperation.REMOVE, "s1", null, null).getCustomerId()).isNull();
        assertThat(sale(SaleOperation.ATTACH, "s1", byId(a), null).getCustomerId())
                .isEqualTo(a);
    }

    @Test
    void a_correction_that_arrives_before_its_sale_stands() {
        String a = customer(People.named("Jean", "Tremblay").email("j@x.ca"));
        String b = customer(People.named("Marie", "Roy").email("m@x.ca"));
        sale("e2", SaleOperation.REPLACE, "s1", byId(b), null, 2);
        RecordedSale sale = sale("e1", SaleOperation.RECORD, "s1", byId(a), null, 1);
        assertThat(sale.getCustomerId()).isEqualTo(b);
        assertThat(sale.getOccurredAt()).isEqualTo(People.DAY.plusSeconds(86_400));
    }

    @Test
    void a_sale_is_not_attached_to_an_archived_customer() {
        String luc = customer(People.named("Luc", "Roy").email("luc@x.ca"));
        new Commands(directory).give(io.repertoire.schemas.CommandType.ARCHIVE, luc);
        RecordedSale sale = sale("e1", SaleOperation.RECORD, "s1", byId(luc), null, 1);
        assertThat(sale.getCustomerId()).isNull();
        assertThat(directory.lastSent(Topics.REJECTED).get(0).getErrors().get(0).getCode())
                .isEqualTo("CUSTOMER_ARCHIVED");
    }

    @Test
    void a_command_that_nobody_knows_is_answered_not_supported() {
        var command = new io.repertoire.schemas.CustomerCommand();
        command.setCommandId("c1");
        command.setDirectoryId(People.DIRECTORY);
        command.setType(io.repertoire.schemas.CommandType.UNKNOWN);
        command.setIssuedAt(People.RECEIVED);
        directory.apply(new Input.Command(command, People.RECEIVED));
        assertThat(directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus())
                .isEqualTo(io.repertoire.schemas.CommandStatus.NOT_SUPPORTED);
    }
}
