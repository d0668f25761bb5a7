package io.repertoire.customers;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * As little normalising as the machine's own rules need: blank is absent, {@code \N} clears, addresses in small letters, numbers
 * as digits. Lets the machine's tests say exactly what is held.
 */
public final class PlainNormaliser implements CustomerNormaliser {

    @Override
    public Normalised normalise(
            SubmittedCustomer c, @Nullable String region, long observedAtMillis, DirectoryPolicy policy) {
        var problems = new ArrayList<Problem>();
        var cleared = new ArrayList<String>();
        var held = new NormalisedCustomer();
        held.setCode(c.getCode());
        held.setCustomerId(c.getCustomerId());
        held.setType(CustomerType.UNKNOWN);
        held.setTitle(text("title", c.getTitle(), cleared));
        held.setGivenName(text("given_name", c.getGivenName(), cleared));
        held.setFamilyName(text("family_name", c.getFamilyName(), cleared));
        held.setDisplayName(text("display_name", c.getDisplayName(), cleared));
        held.setCompanyName(text("company_name", c.getCompanyName(), cleared));
        held.setJobTitle(text("job_title", c.getJobTitle(), cleared));
        held.setNotes(text("notes", c.getNotes(), cleared));
        held.setBirthDate(text("birth_date", c.getBirthDate(), cleared));
        held.setEmails(new ArrayList<>());
        for (SubmittedEmail email : c.getEmails()) {
            if (email.getValue().equals("\\N")) {
                cleared.add("emails");
            } else if (!email.getValue().isBlank()) {
                held.getEmails().add(email(email));
            }
        }
        held.setPhones(new ArrayList<>());
        for (SubmittedPhone phone : c.getPhones()) {
            if (!phone.getValue().isBlank()) {
                held.getPhones().add(phone(phone));
            }
        }
        held.setAddresses(new ArrayList<>(c.getAddresses()));
        held.setExternalIds(new ArrayList<>(c.getExternalIds()));
        held.setConsents(new ArrayList<>());
        for (SubmittedConsent s : c.getConsents()) {
            held.getConsents()
                    .add(new HeldConsent(
                            s.getChannel(),
                            s.getPurpose(),
                            s.getStatus(),
                            s.getContact(),
                            s.getDecidedAt() == null ? null : s.getDecidedAt().toEpochMilli(),
                            observedAtMillis,
                            s.getBasis(),
                            s.getEvidence()));
        }
        held.setReverify(List.of());
        held.setGroups(new ArrayList<>(c.getGroups()));
        held.setTags(new ArrayList<>(c.getTags()));
        held.setAttributes(new HashMap<>(c.getAttributes()));
        held.setAccounts(new ArrayList<>(c.getAccounts()));
        held.setLoyalty(c.getLoyalty());
        held.setCommerce(c.getCommerce());
        held.setCards(new ArrayList<>());
        held.setCleared(cleared);
        boolean named = held.getGivenName() != null || held.getFamilyName() != null || held.getCompanyName() != null;
        if (!named
                && held.getEmails().isEmpty()
                && held.getPhones().isEmpty()
                && held.getCustomerId() == null
                && held.getCode() == null) {
            problems.add(new Problem(null, null, ProblemCode.NO_IDENTITY.name(), null, null, Severity.ERROR));
        }
        return new Normalised(held, problems);
    }

    @Override
    public boolean reread(NormalisedCustomer content, @Nullable String region, DirectoryPolicy policy) {
        return false;
    }

    @Override
    public String lists() {
        return "plain";
    }

    @Override
    public int version() {
        return 1;
    }

    private static @Nullable String text(String field, @Nullable String value, List<String> cleared) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.equals("\\N")) {
            cleared.add(field);
            return null;
        }
        return value.strip();
    }

    private static HeldEmail email(SubmittedEmail email) {
        String value = email.getValue().strip().toLowerCase(Locale.ROOT);
        ContactQuality quality = ContactQuality.OK;
        if (value.startsWith("info@")) {
            quality = ContactQuality.ROLE;
        } else if (value.startsWith("noemail@")) {
            quality = ContactQuality.PLACEHOLDER;
        }
        return new HeldEmail(email.getValue(), value, email.getLabel(), quality);
    }

    private static HeldPhone phone(SubmittedPhone phone) {
        String digits = phone.getValue().replaceAll("[^0-9]", "");
        boolean placeholder = digits.chars().distinct().count() == 1;
        return new HeldPhone(
                phone.getValue(),
                "+1" + digits,
                phone.getExtension(),
                "CA",
                digits.startsWith("800") ? PhoneKind.TOLL_FREE : PhoneKind.FIXED_OR_MOBILE,
                phone.getLabel(),
                placeholder ? ContactQuality.PLACEHOLDER : ContactQuality.OK);
    }
}
