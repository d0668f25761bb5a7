package io.repertoire.bench;

import io.repertoire.schemas.Address;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ExternalId;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Provenance;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SourceRecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records as full as an ordinary customer file makes them. The same arguments give the same record. */
final class SampleImages {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> NAMED_FIELDS =
            List.of("given_name", "family_name", "display_name", "emails", "phones", "addresses");

    private SampleImages() {}

    /** @param revision from 1: how many source records the customer has */
    static Customer customer(String directory, int key, long version, int revision) {
        String id = "c" + Integer.toHexString(key * 0x9E3779B1) + Integer.toHexString(key);
        String sourceKey = "plain/" + Integer.toHexString(key * 31) + "0123456789abcdef0123456789abcdef";
        Map<String, Provenance> provenance = new HashMap<>();
        for (String field : NAMED_FIELDS) {
            provenance.put(field, new Provenance(sourceKey, "plain", AT, "most_recent"));
        }
        List<SourceRecordRef> sources = new ArrayList<>();
        for (int i = 0; i < Math.min(revision, 4); i++) {
            sources.add(SourceRecordRef.newBuilder()
                    .setSourceKey(sourceKey + i)
                    .setRecordId("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/" + version)
                    .setSystem("plain")
                    .setObservedAt(AT)
                    .setRule("EMAIL")
                    .setImportId("20260101-000000-abcdef")
                    .setLine(version)
                    .build());
        }
        return Customer.newBuilder()
                .setDirectoryId(directory)
                .setCustomerId(id)
                .setCode("C-" + (100_000 + key))
                .setVersion(version)
                .setStatus(CustomerStatus.ACTIVE)
                .setType(CustomerType.PERSON)
                .setGivenName("Gisèle")
                .setFamilyName("Tremblay-" + key)
                .setDisplayName("Gisèle Tremblay-" + key)
                .setEmails(List.of(email("gisele.tremblay." + key + "@example.org", sourceKey)))
                .setPhones(List.of(phone("+1514555" + (1000 + key % 9000), sourceKey)))
                .setAddresses(List.of(address(revision, sourceKey)))
                .setExternalIds(List.of(new ExternalId("plain", ExternalIdKind.CUSTOMER_ID, Integer.toString(key))))
                .setProvenance(provenance)
                .setSourceRecords(sources)
                .setSourceRecordCount(revision)
                .setCreatedAt(AT)
                .setUpdatedAt(AT.plusMillis(version))
                .setRetentionHold(false)
                .build();
    }

    static CustomerChange change(Customer customer) {
        return CustomerChange.newBuilder()
                .setEventId(customer.getDirectoryId() + "/" + customer.getVersion() + "/0")
                .setType(ChangeType.UPDATED)
                .setDirectoryId(customer.getDirectoryId())
                .setCustomerId(customer.getCustomerId())
                .setVersion(customer.getVersion())
                .setOccurredAt(AT)
                .setChangedFields(List.of("addresses"))
                .setReason(ChangeReason.newBuilder()
                        .setRuleId("EMAIL")
                        .setEvidence("same email")
                        .setRecordId(customer.getSourceRecords().get(0).getRecordId())
                        .setImportId("20260101-000000-abcdef")
                        .build())
                .build();
    }

    static RowOutcome outcome(Customer customer, String importId, long line) {
        return RowOutcome.newBuilder()
                .setDirectoryId(customer.getDirectoryId())
                .setImportId(importId)
                .setLine(line)
                .setRecordId(customer.getSourceRecords().get(0).getRecordId())
                .setOutcome(RowOutcomeKind.UPDATED)
                .setCustomerId(customer.getCustomerId())
                .setSourceKey(customer.getSourceRecords().get(0).getSourceKey())
                .setVersion(customer.getVersion())
                .setRule("EMAIL")
                .build();
    }

    private static Email email(String value, String sourceKey) {
        return Email.newBuilder()
                .setRaw(value)
                .setValue(value)
                .setPrimary(true)
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef(sourceKey)
                .build();
    }

    private static Phone phone(String e164, String sourceKey) {
        return Phone.newBuilder()
                .setRaw(e164)
                .setE164(e164)
                .setRegion("CA")
                .setPrimary(true)
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef(sourceKey)
                .build();
    }

    private static Address address(int revision, String sourceKey) {
        return Address.newBuilder()
                .setType(AddressType.OTHER)
                .setPrimary(true)
                .setLine1(revision + ", rue de l'Église")
                .setCity("Montréal")
                .setRegion("QC")
                .setPostalCode("H2X 1Y4")
                .setCountry("CA")
                .setFirstSeen(AT)
                .setLastSeen(AT)
                .setSourceRef(sourceKey)
                .build();
    }
}
