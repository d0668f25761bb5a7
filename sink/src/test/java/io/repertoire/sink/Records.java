package io.repertoire.sink;

import io.repertoire.schemas.*;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of the contracts for tests, filled enough to be told apart. */
final class Records {

    static final Instant AT = Instant.parse("2026-03-01T10:15:30.250Z");

    private Records() {}

    static Customer customer(String directory, String id, long version) {
        return Customer.newBuilder()
                .setDirectoryId(directory)
                .setCustomerId(id)
                .setCode("C-" + id.toUpperCase(java.util.Locale.ROOT))
                .setVersion(version)
                .setStatus(CustomerStatus.ACTIVE)
                .setType(CustomerType.PERSON)
                .setGivenName("Zoë")
                .setFamilyName("Lefèvre-" + id)
                .setDisplayName("Zoë Lefèvre-" + id)
                .setEmails(List.of(email(id + "@example.org", true), email(id + ".old@example.org", false)))
                .setPhones(List.of(phone("+15145550" + (100 + Math.floorMod(id.hashCode(), 900)))))
                .setAddresses(List.of(address()))
                .setExternalIds(List.of(new ExternalId("square", ExternalIdKind.LOYALTY_CARD, "L" + id)))
                .setGroups(List.of(new GroupMembership("vip", null), new GroupMembership("2026", null)))
                .setTags(List.of("a", "b"))
                .setAttributes(Map.of("size", "42"))
                .setAccounts(List.of(account()))
                .setProvenance(Map.of(
                        "given_name",
                        new Provenance("s/1", "square", AT, "most_recent"),
                        "family_name",
                        new Provenance("s/1", "square", AT, "most_recent"),
                        "notes",
                        new Provenance("s/2", "till", AT, "most_recent")))
                .setSourceRecords(List.of(SourceRecordRef.newBuilder()
                        .setSourceKey("s/" + id)
                        .setRecordId("r/" + id)
                        .setSystem("square")
                        .setObservedAt(AT)
                        .setRule("NEW")
                        .setLine(7L)
                        .build()))
                .setSourceRecordCount(1)
                .setCreatedAt(AT)
                .setUpdatedAt(AT)
                .setRetentionHold(false)
                .build();
    }

    static Customer merged(String directory, String id, long version, String into) {
        Customer customer = customer(directory, id, version);
        customer.setStatus(CustomerStatus.MERGED);
        customer.setMergedInto(into);
        customer.setEmails(List.of());
        customer.setPhones(List.of());
        customer.setAddresses(List.of());
        customer.setSourceRecords(List.of());
        return customer;
    }

    static Email email(String value, boolean primary) {
        return Email.newBuilder()
                .setRaw(value)
                .setValue(value)
                .setPrimary(primary)
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef("s/1")
                .build();
    }

    static Phone phone(String e164) {
        return Phone.newBuilder()
                .setRaw(e164)
                .setE164(e164)
                .setPrimary(true)
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef("s/1")
                .build();
    }

    static Address address() {
        return Address.newBuilder()
                .setType(AddressType.HOME)
                .setPrimary(true)
                .setLine1("12, rue \"de l'Église\"\\3")
                .setCity("Montréal")
                .setPostalCode("H2X 1Y4")
                .setCountry("CA")
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef("s/1")
                .build();
    }

    static Account account() {
        return Account.newBuilder()
                .setSystem("square")
                .setBalance(new BigDecimal("-12.50"))
                .setTermsDays(30)
                .setAsOf(AT)
                .build();
    }

    static RowOutcome outcome(String directory, String importId, long line, String customerId, long version) {
        return RowOutcome.newBuilder()
                .setDirectoryId(directory)
                .setImportId(importId)
                .setLine(line)
                .setRecordId("sha/" + line)
                .setOutcome(RowOutcomeKind.CREATED)
                .setCustomerId(customerId)
                .setSourceKey("s/" + customerId)
                .setVersion(version)
                .setRule("NEW")
                .build();
    }

    static ImportSummary summary(String directory, String importId, ImportStatus status, long read, long through) {
        return ImportSummary.newBuilder()
                .setDirectoryId(directory)
                .setImportId(importId)
                .setStatus(status)
                .setSpec(ImportSpec.newBuilder()
                        .setFileName("clients.csv")
                        .setSha256("abc")
                        .setSizeBytes(10)
                        .setSourceSystem("plain")
                        .setLayout("plain")
                        .setEncoding("UTF-8")
                        .setDelimiter(",")
                        .setMode(ImportMode.UPSERT)
                        .setOnError(OnError.REJECT_ROWS)
                        .setForced(false)
                        .setDryRun(false)
                        .setClaimedAt(AT)
                        .setFileModifiedAt(AT)
                        .build())
                .setCounts(OutcomeCounts.newBuilder()
                        .setRead(read)
                        .setCreated(read)
                        .build())
                .setThroughVersion(through)
                .setStartedAt(AT)
                .setEndedAt(status == ImportStatus.RUNNING ? null : AT)
                .build();
    }

    static RecordedSale sale(String directory, String saleId, String customerId, long version, String total) {
        return RecordedSale.newBuilder()
                .setDirectoryId(directory)
                .setSourceSystem("till")
                .setSaleId(saleId)
                .setCustomerId(customerId)
                .setEventId("e-" + saleId)
                .setVersion(version)
                .setRecordedAt(AT)
                .setOccurredAt(AT)
                .setCurrency("CAD")
                .setTotal(new BigDecimal(total))
                .setLines(List.of(SaleLine.newBuilder()
                        .setSku("A1")
                        .setQuantity(new BigDecimal("2.000"))
                        .setAmount(new BigDecimal("10.00"))
                        .build()))
                .setPayments(List.of(SalePayment.newBuilder()
                        .setMethod("CARD")
                        .setAmount(new BigDecimal("10.00"))
                        .build()))
                .build();
    }

    /** As it would be polled: encoded, with a partition and an offset. */
    static <T extends SpecificRecord> InputRecord polled(
            Wire wire, Topic<T> topic, String key, @Nullable T value, long offset) {
        byte[] bytes = value == null ? null : wire.serializer(topic).serialize(topic.name(), value);
        return raw(topic.name(), key, bytes, offset, new org.apache.kafka.common.header.internals.RecordHeaders());
    }

    static InputRecord raw(String topic, @Nullable String key, byte @Nullable [] value, long offset, Headers headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return InputRecord.of(new ConsumerRecord<>(
                topic,
                0,
                offset,
                AT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                keyBytes,
                value,
                headers,
                java.util.Optional.empty()));
    }

    static InputRecord versioned(InputRecord record, long version, boolean last) {
        RecordHeaders.put(record.raw().headers(), RecordHeaders.VERSION, Long.toString(version));
        RecordHeaders.put(record.raw().headers(), RecordHeaders.LAST_OF_INPUT, Boolean.toString(last));
        return record;
    }

    static InputRecord image(Wire wire, Customer customer, long offset, boolean last) {
        return versioned(
                polled(
                        wire,
                        Topics.DIRECTORY,
                        Keys.of(customer.getDirectoryId(), customer.getCustomerId()),
                        customer,
                        offset),
                customer.getVersion(),
                last);
    }

    static InputRecord tombstone(Wire wire, String directory, String id, long version, long offset) {
        return versioned(
                polled(wire, Topics.DIRECTORY, Keys.of(directory, id), (Customer) null, offset), version, true);
    }
}
