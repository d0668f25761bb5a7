package io.repertoire.customers.normalise;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.contact.Phones;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.customers.text.CleanText;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of RULES §1 and C-2, with rule C1: a row needs a first name, a last name, a whole name, or an email or phone that is
 * somebody's. Everything else is optional, and costs a warning where it cannot be used.
 */
public final class DefaultCustomerNormaliser implements CustomerNormaliser {

    private static final int VERSION = 1;
    private static final int NAME = 100;
    private static final int WHOLE_NAME = 200;
    private static final int NOTES = 1000;

    private final Emails emails;
    private final Phones phones;
    private final String lists;

    public DefaultCustomerNormaliser(BlockList blockList) {
        this.emails = new Emails(blockList);
        this.phones = new Phones(blockList);
        this.lists = VERSION + "/" + Phones.METADATA + '/' + blockList.fingerprint();
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public Normalised normalise(
            SubmittedCustomer from, @Nullable String region, long observedAtMillis, DirectoryPolicy policy) {
        Cells cells = new Cells();
        NormalisedCustomer to = new NormalisedCustomer();
        BusinessCells business = new BusinessCells(cells);

        to.setCode(cells.identifier("code", from.getCode(), 20));
        to.setCustomerId(cells.identifier("customer_id", from.getCustomerId(), 64));
        to.setType(business.type(from.getType()));
        to.setTitle(cells.text("title", from.getTitle(), NAME));
        to.setGivenName(cells.text("given_name", from.getGivenName(), NAME));
        to.setFamilyName(cells.text("family_name", from.getFamilyName(), NAME));
        to.setDisplayName(cells.text("display_name", from.getDisplayName(), WHOLE_NAME));
        to.setCompanyName(cells.text("company_name", from.getCompanyName(), NAME));
        to.setJobTitle(cells.text("job_title", from.getJobTitle(), NAME));
        to.setPreferredLanguage(cells.language("preferred_language", from.getPreferredLanguage()));
        to.setBirthDate(cells.date("birth_date", from.getBirthDate(), true));

        AddressCells addresses = new AddressCells(cells);
        to.setAddresses(addresses.addresses(from.getAddresses()));
        ContactCells contacts = new ContactCells(
                cells, emails, phones, policy, phoneRegion(addresses.country(), region, policy.defaultRegion()));
        to.setEmails(contacts.emails(from.getEmails()));
        to.setPhones(contacts.phones(from.getPhones()));
        to.setConsents(contacts.consents(from.getConsents(), observedAtMillis));

        to.setExternalIds(business.externalIds(from.getExternalIds()));
        to.setReceiptByEmail(cells.flag("receipt_by_email", from.getReceiptByEmail()));
        to.setReverify(words("reverify", from.getReverify(), cells));
        to.setGroups(words("groups", from.getGroups(), cells));
        to.setTags(words("tags", from.getTags(), cells));
        to.setNotes(cells.note("notes", from.getNotes(), NOTES));
        to.setAttributes(attributes(from.getAttributes(), cells));
        keepType(from.getType(), to);
        business.taxNumbers(from, to);
        to.setAccounts(business.accounts(from.getAccounts()));
        to.setLoyalty(business.loyalty(from.getLoyalty()));
        to.setCommerce(business.commerce(from.getCommerce()));
        to.setCards(business.cards(from.getCards()));
        to.setCleared(cells.cleared());

        boolean named = to.getGivenName() != null || to.getFamilyName() != null || to.getDisplayName() != null;
        if (!named && !contacts.anyUsable()) {
            cells.report(ProblemCode.NO_IDENTITY, null, null);
        }
        return new Normalised(to, cells.problems());
    }

    @Override
    public boolean reread(NormalisedCustomer content, @Nullable String region, DirectoryPolicy policy) {
        if (content.getEmails().isEmpty() && content.getPhones().isEmpty()) {
            return false;
        }
        String country = null;
        for (int i = 0; i < content.getAddresses().size() && country == null; i++) {
            country = content.getAddresses().get(i).getCountry();
        }
        var again = new HeldContacts(emails, phones, policy, phoneRegion(country, region, policy.defaultRegion()));
        return again.read(content);
    }

    @Override
    public String lists() {
        return lists;
    }

    /** Row, then submission, then directory (RULES P17); a country without phones of its own is passed over. */
    private String phoneRegion(@Nullable String row, @Nullable String submission, String directory) {
        if (row != null && phones.knows(row)) {
            return row;
        }
        if (submission != null) {
            String country = Countries.alpha2(submission.strip());
            if (country != null && phones.knows(country)) {
                return country;
            }
        }
        return directory.strip().toUpperCase(Locale.ROOT);
    }

    private static List<String> words(String field, Collection<String> submitted, Cells cells) {
        List<String> held = new ArrayList<>(submitted.size());
        for (String raw : submitted) {
            String clean = cells.text(field, raw, NAME);
            if (clean != null && !held.contains(clean)) {
                held.add(clean);
            }
        }
        return held;
    }

    /** A kind of customer that is neither a person nor a business says something to the shop whose list it is from. */
    private static void keepType(@Nullable String raw, NormalisedCustomer to) {
        String type = raw == null || to.getType() != CustomerType.UNKNOWN ? null : CleanText.line(raw);
        if (type != null && !type.equals(CleanText.CLEAR) && !type.equalsIgnoreCase(CustomerType.UNKNOWN.name())) {
            to.getAttributes().putIfAbsent("type", CleanText.cut(CardNumbers.redact(type), NAME));
        }
    }

    /** Unknown columns, by their header (A10). */
    private static Map<String, String> attributes(Map<String, String> submitted, Cells cells) {
        Map<String, String> held = new HashMap<>();
        // Sorted: two headers that clean up alike must not depend on the order of a hash map.
        for (String raw :
                submitted.size() > 1 ? submitted.keySet().stream().sorted().toList() : submitted.keySet()) {
            String name = cells.text("attributes", raw, NAME);
            if (name == null) {
                continue;
            }
            String field = "attributes." + CardNumbers.redact(name);
            String value = cells.note(field, submitted.get(raw), NOTES);
            if (value != null) {
                held.putIfAbsent(name, value);
            }
        }
        return held;
    }
}
