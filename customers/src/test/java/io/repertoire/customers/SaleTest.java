package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleLine;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SalePayment;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
        Instant at = People.DAY.plus(Duration.ofDays(day));
        directory.apply(new Input.Sale(Sales.event(eventId, operation, saleId, reference, customer, at)));
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

    private RecordedSale said(SaleEvent event) {
        directory.apply(new Input.Sale(event));
        return directory.lastSent(Topics.RECORDED_SALES).get(0);
    }

    private SaleEvent event(SaleOperation operation, int observed) {
        return SaleEvent.newBuilder()
                .setEventId("e" + ++next)
                .setDirectoryId(People.DIRECTORY)
                .setSourceSystem("square")
                .setSaleId("o1")
                .setOperation(operation)
                .setReceivedAt(People.RECEIVED)
                .setOccurredAt(People.DAY)
                .setObservedAt(People.DAY.plusSeconds(observed))
                .build();
    }

    private static SalePayment payment(String reference, String amount) {
        return new SalePayment("card", new BigDecimal(amount), reference);
    }

    @Test
    void p31_an_earlier_word_on_a_sale_that_arrives_later_only_fills_what_was_not_said() {
        SaleEvent later = event(SaleOperation.RECORD, 20);
        later.setTotal(new BigDecimal("20.00"));
        later.setSeller("S2");
        said(later);
        SaleEvent earlier = event(SaleOperation.RECORD, 10);
        earlier.setTotal(new BigDecimal("10.00"));
        earlier.setTicketNumber("T1");
        earlier.setLines(List.of(new SaleLine("1", null, "wool", null, new BigDecimal("10.00"))));
        RecordedSale sale = said(earlier);
        assertThat(sale.getTotal()).isEqualByComparingTo("20.00");
        assertThat(sale.getSeller()).isEqualTo("S2");
        assertThat(sale.getTicketNumber()).isEqualTo("T1");
        assertThat(sale.getLines()).hasSize(1);
    }

    @Test
    void p25_what_a_later_word_leaves_out_stays() {
        SaleEvent whole = event(SaleOperation.RECORD, 10);
        whole.setTicketNumber("T1");
        whole.setLines(List.of(new SaleLine("1", null, "wool", null, new BigDecimal("10.00"))));
        said(whole);
        RecordedSale sale = said(event(SaleOperation.RECORD, 20));
        assertThat(sale.getTicketNumber()).isEqualTo("T1");
        assertThat(sale.getLines()).hasSize(1);
    }

    @Test
    void payments_that_come_one_by_one_are_each_counted_once_and_make_the_total_until_the_sale_is_described() {
        SaleEvent first = event(SaleOperation.PAYMENT, 1);
        first.setPayments(List.of(payment("p1", "4.00")));
        said(first);
        SaleEvent second = event(SaleOperation.PAYMENT, 2);
        second.setPayments(List.of(payment("p2", "6.00")));
        assertThat(said(second).getTotal()).isEqualByComparingTo("10.00");
        SaleEvent again = event(SaleOperation.PAYMENT, 3);
        again.setPayments(List.of(payment("p1", "5.00")));
        RecordedSale sale = said(again);
        assertThat(sale.getPayments()).extracting(SalePayment::getReference).containsExactly("p2", "p1");
        assertThat(sale.getTotal()).isEqualByComparingTo("11.00");

        SaleEvent described = event(SaleOperation.RECORD, 4);
        described.setTotal(new BigDecimal("10.50"));
        sale = said(described);
        assertThat(sale.getTotal()).isEqualByComparingTo("10.50");
        assertThat(sale.getPayments()).hasSize(2);
    }

    @Test
    void a_cancelled_sale_stays_cancelled_and_keeps_its_customer() {
        String a = customer(People.named("Jean", "Tremblay").email("j@x.ca"));
        SaleEvent sold = event(SaleOperation.RECORD, 1);
        sold.setReference(byId(a));
        said(sold);
        assertThat(said(event(SaleOperation.VOID, 2)).getVoided()).isTrue();
        RecordedSale sale = said(event(SaleOperation.RECORD, 3));
        assertThat(sale.getVoided()).isTrue();
        assertThat(sale.getCustomerId()).isEqualTo(a);
    }

    @Test
    void a_refund_without_a_customer_is_that_of_its_sale() {
        String a = customer(People.named("Jean", "Tremblay").email("j@x.ca"));
        SaleEvent sold = event(SaleOperation.RECORD, 1);
        sold.setReference(byId(a));
        said(sold);
        SaleEvent refund = event(SaleOperation.REFUND, 2);
        refund.setSaleId("r1");
        refund.setRefundOf("o1");
        refund.setTotal(new BigDecimal("-5.00"));
        RecordedSale sale = said(refund);
        assertThat(sale.getCustomerId()).isEqualTo(a);
        assertThat(sale.getRefundOf()).isEqualTo("o1");
    }

    @Test
    void p59_card_numbers_that_another_producer_wrote_on_a_sale_are_not_recorded() {
        SaleEvent event = event(SaleOperation.RECORD, 1);
        event.setLines(List.of(new SaleLine("1", null, "pays by 4111 1111 1111 1111", null, null)));
        event.setPayments(List.of(payment("4111111111111111", "1.00")));
        assertThat(said(event).toString()).doesNotContain("1111");
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
        command.setArguments(java.util.Map.of());
        directory.apply(new Input.Command(command, People.RECEIVED));
        assertThat(directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus())
                .isEqualTo(io.repertoire.schemas.CommandStatus.NOT_SUPPORTED);
    }
}
