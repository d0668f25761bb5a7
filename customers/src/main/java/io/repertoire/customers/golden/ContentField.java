package io.repertoire.customers.golden;

import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.SubmittedCommerce;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a source record's content that is said, kept, cleared and dated on its own. Attributes are such fields too, one per
 * name, and are handled beside this list.
 */
final class ContentField {

    private static final List<ContentField> FIELDS = new ArrayList<>();

    static final ContentField CODE = text("code", NormalisedCustomer::getCode, NormalisedCustomer::setCode);
    static final ContentField CUSTOMER_ID =
            text("customer_id", NormalisedCustomer::getCustomerId, NormalisedCustomer::setCustomerId);
    static final ContentField TYPE = field(
            "type",
            c -> c.getType() == CustomerType.UNKNOWN ? null : c.getType(),
            (c, v) -> c.setType(v == null ? CustomerType.UNKNOWN : (CustomerType) v));
    static final ContentField TITLE = text("title", NormalisedCustomer::getTitle, NormalisedCustomer::setTitle);
    static final ContentField GIVEN_NAME =
            text("given_name", NormalisedCustomer::getGivenName, NormalisedCustomer::setGivenName);
    static final ContentField FAMILY_NAME =
            text("family_name", NormalisedCustomer::getFamilyName, NormalisedCustomer::setFamilyName);
    static final ContentField DISPLAY_NAME =
            text("display_name", NormalisedCustomer::getDisplayName, NormalisedCustomer::setDisplayName);
    static final ContentField COMPANY_NAME =
            text("company_name", NormalisedCustomer::getCompanyName, NormalisedCustomer::setCompanyName);
    static final ContentField JOB_TITLE =
            text("job_title", NormalisedCustomer::getJobTitle, NormalisedCustomer::setJobTitle);
    static final ContentField PREFERRED_LANGUAGE = text(
            "preferred_language", NormalisedCustomer::getPreferredLanguage, NormalisedCustomer::setPreferredLanguage);
    static final ContentField BIRTH_DATE =
            text("birth_date", NormalisedCustomer::getBirthDate, NormalisedCustomer::setBirthDate);
    static final ContentField EMAILS = list("emails", NormalisedCustomer::getEmails, NormalisedCustomer::setEmails);
    static final ContentField PHONES = list("phones", NormalisedCustomer::getPhones, NormalisedCustomer::setPhones);
    static final ContentField ADDRESSES =
            list("addresses", NormalisedCustomer::getAddresses, NormalisedCustomer::setAddresses);
    static final ContentField EXTERNAL_IDS =
            list("external_ids", NormalisedCustomer::getExternalIds, NormalisedCustomer::setExternalIds);
    static final ContentField CONSENTS =
            list("consents", NormalisedCustomer::getConsents, NormalisedCustomer::setConsents);
    static final ContentField RECEIPT_BY_EMAIL = field(
            "receipt_by_email", NormalisedCustomer::getReceiptByEmail, (c, v) -> c.setReceiptByEmail((Boolean) v));
    static final ContentField REVERIFY =
            list("reverify", NormalisedCustomer::getReverify, NormalisedCustomer::setReverify);
    static final ContentField GROUPS = list("groups", NormalisedCustomer::getGroups, NormalisedCustomer::setGroups);
    static final ContentField TAGS = list("tags", NormalisedCustomer::getTags, NormalisedCustomer::setTags);
    static final ContentField NOTES = text("notes", NormalisedCustomer::getNotes, NormalisedCustomer::setNotes);
    static final ContentField VAT = text("vat", NormalisedCustomer::getVat, NormalisedCustomer::setVat);
    static final ContentField SIRET = text("siret", NormalisedCustomer::getSiret, NormalisedCustomer::setSiret);
    static final ContentField NAF = text("naf", NormalisedCustomer::getNaf, NormalisedCustomer::setNaf);
    static final ContentField ACCOUNTS =
            list("accounts", NormalisedCustomer::getAccounts, NormalisedCustomer::setAccounts);
    static final ContentField CARDS = list("cards", NormalisedCustomer::getCards, NormalisedCustomer::setCards);

    static final ContentField LOYALTY_CARD = loyalty("card", SubmittedLoyalty::getCard, SubmittedLoyalty::setCard);
    static final ContentField LOYALTY_POINTS =
            loyalty("points", SubmittedLoyalty::getPoints, SubmittedLoyalty::setPoints);
    static final ContentField LOYALTY_THRESHOLD =
            loyalty("threshold", SubmittedLoyalty::getThreshold, SubmittedLoyalty::setThreshold);
    static final ContentField LOYALTY_REACH_BY =
            loyalty("reach_by", SubmittedLoyalty::getReachBy, SubmittedLoyalty::setReachBy);
    static final ContentField LOYALTY_SUBSCRIPTION_CARD =
            loyalty("subscription_card", SubmittedLoyalty::getSubscriptionCard, SubmittedLoyalty::setSubscriptionCard);
    static final ContentField LOYALTY_SUBSCRIPTION_EXPIRY = loyalty(
            "subscription_expiry", SubmittedLoyalty::getSubscriptionExpiry, SubmittedLoyalty::setSubscriptionExpiry);

    static final ContentField PRICE_CODE =
            commerce("price_code", SubmittedCommerce::getPriceCode, SubmittedCommerce::setPriceCode);
    static final ContentField TAX_ZONE =
            commerce("tax_zone", SubmittedCommerce::getTaxZone, SubmittedCommerce::setTaxZone);
    static final ContentField PROMOTION =
            commerce("promotion", SubmittedCommerce::getPromotion, SubmittedCommerce::setPromotion);
    static final ContentField EXPORT_SALE =
            commerce("export_sale", SubmittedCommerce::getExportSale, SubmittedCommerce::setExportSale);
    static final ContentField AUTOMATIC_INVOICE = commerce(
            "automatic_invoice", SubmittedCommerce::getAutomaticInvoice, SubmittedCommerce::setAutomaticInvoice);
    static final ContentField COMMERCE_STATUS =
            commerce("status", SubmittedCommerce::getStatus, SubmittedCommerce::setStatus);
    static final ContentField FAMILY = commerce("family", SubmittedCommerce::getFamily, SubmittedCommerce::setFamily);
    static final ContentField PARTNER_NAME =
            commerce("partner_name", SubmittedCommerce::getPartnerName, SubmittedCommerce::setPartnerName);

    /** Every field, attributes aside. */
    static final List<ContentField> ALL = List.copyOf(FIELDS);

    private final String name;
    private final Function<NormalisedCustomer, @Nullable Object> get;
    private final BiConsumer<NormalisedCustomer, @Nullable Object> set;

    private ContentField(
            String name,
            Function<NormalisedCustomer, @Nullable Object> get,
            BiConsumer<NormalisedCustomer, @Nullable Object> set) {
        this.name = name;
        this.get = get;
        this.set = set;
    }

    /** As in {@code cleared} and in a source record's field times. */
    String name() {
        return name;
    }

    /** {@code null} when blank; an empty list and type UNKNOWN are blank. */
    @Nullable
    Object get(NormalisedCustomer content) {
        return get.apply(content);
    }

    @Nullable
    String text(NormalisedCustomer content) {
        return (String) get.apply(content);
    }

    void set(NormalisedCustomer content, @Nullable Object value) {
        set.accept(content, value);
    }

    @Override
    public String toString() {
        return name;
    }

    private static ContentField field(
            String name,
            Function<NormalisedCustomer, @Nullable Object> get,
            BiConsumer<NormalisedCustomer, @Nullable Object> set) {
        var created = new ContentField(name, get, set);
        FIELDS.add(created);
        return created;
    }

    private static ContentField text(
            String name,
            Function<NormalisedCustomer, @Nullable String> get,
            BiConsumer<NormalisedCustomer, @Nullable String> set) {
        return field(name, get::apply, (c, v) -> set.accept(c, (String) v));
    }

    private static <T> ContentField list(
            String name, Function<NormalisedCustomer, List<T>> get, BiConsumer<NormalisedCustomer, List<T>> set) {
        return field(
                name,
                c -> {
                    List<T> held = get.apply(c);
                    return held.isEmpty() ? null : held;
                },
                (c, v) -> {
                    var copy = new ArrayList<T>();
                    if (v != null) {
                        @SuppressWarnings("unchecked")
                        Collection<T> values = (Collection<T>) v;
                        copy.addAll(values);
                    }
                    set.accept(c, copy);
                });
    }

    private static ContentField loyalty(
            String part,
            Function<SubmittedLoyalty, @Nullable String> get,
            BiConsumer<SubmittedLoyalty, @Nullable String> set) {
        return field("loyalty." + part, c -> c.getLoyalty() == null ? null : get.apply(c.getLoyalty()), (c, v) -> {
            if (c.getLoyalty() == null) {
                if (v == null) {
                    return;
                }
                c.setLoyalty(new SubmittedLoyalty());
            }
            set.accept(c.getLoyalty(), (String) v);
        });
    }

    private static ContentField commerce(
            String part,
            Function<SubmittedCommerce, @Nullable String> get,
            BiConsumer<SubmittedCommerce, @Nullable String> set) {
        return field("commerce." + part, c -> c.getCommerce() == null ? null : get.apply(c.getCommerce()), (c, v) -> {
            if (c.getCommerce() == null) {
                if (v == null) {
                    return;
                }
                c.setCommerce(new SubmittedCommerce());
            }
            set.accept(c.getCommerce(), (String) v);
        });
    }
}
