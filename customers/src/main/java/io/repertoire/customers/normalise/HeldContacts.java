package io.repertoire.customers.normalise;

import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.contact.Phones;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;

/** Contact points that are held, read once more under today's lists, numbering plans and policy (P20). */
final class HeldContacts {

    private final Emails emails;
    private final Phones phones;
    private final DirectoryPolicy policy;
    private final String region;

    HeldContacts(Emails emails, Phones phones, DirectoryPolicy policy, String region) {
        this.emails = emails;
        this.phones = phones;
        this.policy = policy;
        this.region = region;
    }

    /** @return whether anything of them is another than before */
    boolean read(NormalisedCustomer content) {
        var cells = new ContactCells(new Cells(), emails, phones, policy, region);
        List<HeldEmail> newEmails = cells.emails(typedEmails(content.getEmails()));
        List<HeldPhone> newPhones = cells.phones(typedPhones(content));
        restoreSpelling(newPhones, content.getPhones());
        if (newEmails.equals(content.getEmails()) && newPhones.equals(content.getPhones())) {
            return false;
        }
        content.setEmails(newEmails);
        content.setPhones(newPhones);
        return true;
    }

    private static List<SubmittedEmail> typedEmails(List<HeldEmail> held) {
        var typed = new ArrayList<SubmittedEmail>(held.size());
        for (HeldEmail email : held) {
            typed.add(new SubmittedEmail(email.getRaw(), email.getLabel()));
        }
        return typed;
    }

    /** Without those that were rescued from made-up addresses (P2): they come again if the address still is one. */
    private List<SubmittedPhone> typedPhones(NormalisedCustomer content) {
        var typed = new ArrayList<SubmittedPhone>(content.getPhones().size());
        for (HeldPhone phone : content.getPhones()) {
            if (!isRescued(phone, content.getEmails())) {
                typed.add(new SubmittedPhone(text(phone), phone.getLabel(), phone.getExt(), phone.getKind()));
            }
        }
        return typed;
    }

    /**
     * What was understood once is that number still, whatever country would be assumed today; as it was typed only where it is
     * none any more.
     */
    private String text(HeldPhone phone) {
        String known = phone.getE164();
        return known != null && phones.key(known, region) != null ? known : phone.getRaw();
    }

    private static boolean isRescued(HeldPhone phone, List<HeldEmail> emails) {
        for (HeldEmail email : emails) {
            String value = email.getValue();
            if (email.getQuality() == ContactQuality.SYNTHETIC
                    && value != null
                    && value.substring(0, value.lastIndexOf('@')).equals(phone.getRaw())) {
                return true;
            }
        }
        return false;
    }

    private static void restoreSpelling(List<HeldPhone> read, List<HeldPhone> held) {
        for (HeldPhone phone : read) {
            for (HeldPhone before : held) {
                if (phone.getE164() != null && phone.getE164().equals(before.getE164())) {
                    phone.setRaw(before.getRaw());
                }
            }
        }
    }
}
