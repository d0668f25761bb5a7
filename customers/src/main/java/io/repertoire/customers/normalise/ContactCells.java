package io.repertoire.customers.normalise;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.contact.Phones;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.customers.text.CleanText;
import io.repertoire.customers.text.Masking;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contact points of one row. What was typed and is no address or number stays, as typed, without a value: nothing is lost, and
 * nothing matches or counts by it. Only what a spreadsheet has eaten is dropped.
 */
final class ContactCells {

    private static final int LONGEST_LABEL = 100;

    private final Cells cells;
    private final Emails emails;
    private final Phones phones;
    private final DirectoryPolicy policy;
    private final String region;

    private final List<HeldEmail> heldEmails = new ArrayList<>(1);
    private final List<HeldPhone> heldPhones = new ArrayList<>(1);
    private @Nullable String rescuedPhone;
    private boolean phoneGiven;
    private boolean usable;

    /** @param region country of a phone number without a country code */
    ContactCells(Cells cells, Emails emails, Phones phones, DirectoryPolicy policy, String region) {
        this.cells = cells;
        this.emails = emails;
        this.phones = phones;
        this.policy = policy;
        this.region = region;
    }

    /** Whether any contact point says who somebody is (rule C1). */
    boolean anyUsable() {
        return usable;
    }

    List<HeldEmail> emails(List<SubmittedEmail> submitted) {
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedEmail email = submitted.get(i);
            if (clears(email.getValue())) {
                cells.clear("emails");
                continue;
            }
            if (isTakenOut(email.getValue())) {
                continue;
            }
            for (Emails.Reading reading : emails.read(email.getValue(), policy.blockList())) {
                addEmail(reading, email.getLabel(), i);
            }
        }
        return heldEmails;
    }

    private void addEmail(Emails.Reading reading, @Nullable String label, int i) {
        HeldEmail held = reading.email();
        String field = "emails[" + i + "]";
        ProblemCode problem = reading.problem();
        String value = held.getValue();
        if (value != null && isOwn(value)) {
            held.setQuality(ContactQuality.PLACEHOLDER);
            problem = ProblemCode.EMAIL_OWN;
        }
        if (problem != null) {
            cells.report(problem, field, Masking.email(held.getRaw()));
        }
        if (reading.phoneDigits() != null && rescuedPhone == null) {
            rescuedPhone = reading.phoneDigits();
        }
        for (HeldEmail other : heldEmails) {
            if (Objects.equals(value, other.getValue())
                    && (value != null || held.getRaw().equals(other.getRaw()))) {
                return;
            }
        }
        usable |= Emails.isUsable(held.getQuality());
        held.setLabel(label == null ? null : cells.text(field, label, LONGEST_LABEL));
        heldEmails.add(held);
    }

    /** After the emails: an address made up from a phone number gives the number where the row has none (RULES P2). */
    List<HeldPhone> phones(List<SubmittedPhone> submitted) {
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedPhone phone = submitted.get(i);
            if (clears(phone.getValue())) {
                cells.clear("phones");
                continue;
            }
            Phones.Reading reading = isTakenOut(phone.getValue()) ? null : phones.read(phone.getValue(), region);
            if (reading != null) {
                // Where a spreadsheet has eaten the digits there is none.
                phoneGiven |= reading.problem() != ProblemCode.EXCEL_SCIENTIFIC;
                addPhone(reading, phone, "phones[" + i + "]");
            }
        }
        if (!phoneGiven && rescuedPhone != null) {
            Phones.Reading reading = phones.read(rescuedPhone, region);
            if (reading != null && reading.usable()) {
                addPhone(reading, new SubmittedPhone(rescuedPhone, null, null, PhoneKind.UNKNOWN), "emails");
            }
        }
        return heldPhones;
    }

    private void addPhone(Phones.Reading reading, SubmittedPhone submitted, String field) {
        HeldPhone held = reading.phone();
        ProblemCode problem = reading.problem();
        String e164 = held.getE164();
        if (e164 != null && policy.ownPhones().contains(e164)) {
            held.setQuality(ContactQuality.PLACEHOLDER);
            problem = ProblemCode.PHONE_OWN;
        } else if (e164 != null && held.getQuality() == ContactQuality.OK && isBlocked(e164)) {
            held.setQuality(ContactQuality.PLACEHOLDER);
            problem = ProblemCode.PHONE_PLACEHOLDER;
        }
        if (problem != null) {
            cells.report(problem, field, Masking.phone(held.getRaw()));
        }
        if (problem == ProblemCode.EXCEL_SCIENTIFIC) {
            return;
        }
        String extension = cells.clean(field, submitted.getExtension());
        if (extension != null) {
            String digits = Phones.extension(extension);
            held.setExt(cells.keep(digits, ProblemCode.EXTENSION_INVALID, field, extension));
        }
        held.setKind(kind(held.getKind(), submitted.getKind()));
        for (HeldPhone other : heldPhones) {
            if (Objects.equals(e164, other.getE164())
                    && Objects.equals(held.getExt(), other.getExt())
                    && (e164 != null || held.getRaw().equals(other.getRaw()))) {
                return;
            }
        }
        usable |= held.getQuality() == ContactQuality.OK;
        held.setLabel(submitted.getLabel() == null ? null : cells.text(field, submitted.getLabel(), LONGEST_LABEL));
        heldPhones.add(held);
    }

    /** Where the numbering plan does not tell mobile from landline, the source may. */
    private static PhoneKind kind(PhoneKind planned, PhoneKind said) {
        boolean open = planned == PhoneKind.FIXED_OR_MOBILE || planned == PhoneKind.UNKNOWN;
        return open && (said == PhoneKind.MOBILE || said == PhoneKind.FIXED) ? said : planned;
    }

    /** @param observedAtMillis when a statement without a date of its own was recorded */
    List<HeldConsent> consents(List<SubmittedConsent> submitted, long observedAtMillis) {
        if (submitted.isEmpty()) {
            return new ArrayList<>(0);
        }
        List<HeldConsent> held = new ArrayList<>(submitted.size());
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedConsent consent = submitted.get(i);
            Instant decided = consent.getDecidedAt();
            held.add(new HeldConsent(
                    consent.getChannel(),
                    consent.getPurpose(),
                    consent.getStatus(),
                    contact(consent, "consents[" + i + "]"),
                    decided == null ? null : decided.toEpochMilli(),
                    observedAtMillis,
                    consent.getBasis(),
                    cells.note("consents[" + i + "].evidence", consent.getEvidence(), 1000)));
        }
        return held;
    }

    /**
     * A contact point that cannot be read stays as text, and so fits none: leaving it out would make a statement about one
     * address a statement about all.
     */
    private @Nullable String contact(SubmittedConsent consent, String field) {
        String clean = cells.clean(field, consent.getContact());
        if (clean == null) {
            return null;
        }
        ConsentChannel channel = consent.getChannel();
        if (channel == ConsentChannel.EMAIL) {
            String key = Emails.key(clean);
            if (key == null) {
                cells.report(ProblemCode.EMAIL_INVALID, field, Masking.email(clean));
            }
            return key == null ? CleanText.cut(clean, 320) : key;
        }
        if (channel == ConsentChannel.SMS || channel == ConsentChannel.PHONE) {
            String key = phones.key(clean, region);
            if (key == null) {
                cells.report(ProblemCode.PHONE_INVALID, field, Masking.phone(clean));
            }
            return key == null ? CleanText.cut(clean, 100) : key;
        }
        return CleanText.cut(clean, 320);
    }

    /** By this directory's rules, which may be written with the country code or without. */
    private boolean isBlocked(String e164) {
        BlockList own = policy.blockList();
        return !own.isEmpty()
                && (own.isPlaceholderPhone(e164.substring(1)) || own.isPlaceholderPhone(phones.national(e164)));
    }

    private boolean isOwn(String email) {
        return !policy.ownEmails().isEmpty()
                && (policy.ownEmails().contains(email)
                        || policy.ownEmails().contains(email.substring(email.lastIndexOf('@'))));
    }

    /** Where a card number stood nothing is left that could be somebody's. */
    private static boolean isTakenOut(@Nullable String raw) {
        return raw != null && raw.indexOf('[') >= 0 && raw.strip().equals(CardNumbers.REPLACEMENT);
    }

    private static boolean clears(@Nullable String raw) {
        return raw != null && raw.indexOf('\\') >= 0 && CleanText.CLEAR.equals(CleanText.line(raw));
    }
}
