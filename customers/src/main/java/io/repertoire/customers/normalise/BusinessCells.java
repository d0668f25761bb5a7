package io.repertoire.customers.normalise;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.customers.text.Masking;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedCommerce;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Foreign identifiers, tax numbers, accounts, loyalty, commercial settings and cards of one row. */
final class BusinessCells {

    private static final int TEXT = 100;
    private static final int LONGEST_CARD = 30;
    private static final int LONGEST_ACCOUNT = 20;

    private final Cells cells;

    BusinessCells(Cells cells) {
        this.cells = cells;
    }

    CustomerType type(@Nullable String raw) {
        String clean = cells.clean("type", raw);
        if (clean == null) {
            return CustomerType.UNKNOWN;
        }
        return switch (clean.toLowerCase(Locale.ROOT)) {
            case "person", "personal", "individual", "consumer", "particulier", "personne", "individu", "p" ->
                CustomerType.PERSON;
            case "business",
                    "company",
                    "organization",
                    "organisation",
                    "corporate",
                    "entreprise",
                    "société",
                    "societe",
                    "professionnel",
                    "pro",
                    "b" -> CustomerType.BUSINESS;
            case "unknown" -> CustomerType.UNKNOWN;
            default -> {
                cells.report(ProblemCode.TYPE_UNKNOWN, "type", Masking.text(clean));
                yield CustomerType.UNKNOWN;
            }
        };
    }

    List<SubmittedExternalId> externalIds(List<SubmittedExternalId> submitted) {
        List<SubmittedExternalId> held = new ArrayList<>(submitted.size());
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedExternalId id = submitted.get(i);
            String field = "external_ids[" + i + "]";
            String system = cells.text(field, id.getSystem(), TEXT);
            String value = cells.identifier(field, id.getValue(), limit(id.getKind()));
            if (value != null && system != null) {
                SubmittedExternalId kept = new SubmittedExternalId(system, id.getKind(), value);
                if (!held.contains(kept)) {
                    held.add(kept);
                }
            }
        }
        return held;
    }

    private static int limit(ExternalIdKind kind) {
        return switch (kind) {
            case LOYALTY_CARD -> LONGEST_CARD;
            case ACCOUNT_NO -> LONGEST_ACCOUNT;
            case CUSTOMER_ID -> 100;
        };
    }

    /** A valid SIRET gives the VAT number where the row has no valid one. */
    void taxNumbers(SubmittedCustomer from, NormalisedCustomer to) {
        String siret = cells.clean("siret", from.getSiret());
        if (siret != null) {
            to.setSiret(cells.keep(TaxNumbers.siret(siret), ProblemCode.SIRET_INVALID, "siret", siret));
        }
        String vat = cells.clean("vat", from.getVat());
        if (vat != null) {
            to.setVat(cells.keep(TaxNumbers.vat(vat), ProblemCode.VAT_INVALID, "vat", vat));
        }
        if (to.getVat() == null && to.getSiret() != null && !cells.cleared().contains("vat")) {
            to.setVat(TaxNumbers.vatOfSiret(to.getSiret()));
        }
        String naf = cells.clean("naf", from.getNaf());
        if (naf != null) {
            to.setNaf(cells.keep(TaxNumbers.naf(naf), ProblemCode.NAF_INVALID, "naf", naf));
        }
    }

    List<SubmittedAccount> accounts(List<SubmittedAccount> submitted) {
        List<SubmittedAccount> held = new ArrayList<>(submitted.size());
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedAccount account = submitted.get(i);
            String field = "accounts[" + i + "].";
            SubmittedAccount clean = new SubmittedAccount(
                    cells.identifier(field + "number", account.getNumber(), LONGEST_ACCOUNT),
                    cells.decimal(field + "balance", account.getBalance(), 9, 2),
                    cells.flagText(field + "credit_account", account.getCreditAccount()),
                    cells.decimal(field + "credit_limit", account.getCreditLimit(), 9, 2),
                    cells.decimal(field + "terms_days", account.getTermsDays(), 3, 0),
                    cells.decimal(field + "discount", account.getDiscount(), 3, 2));
            if (!clean.equals(new SubmittedAccount(null, null, null, null, null, null))) {
                held.add(clean);
            }
        }
        return held;
    }

    @Nullable
    SubmittedLoyalty loyalty(@Nullable SubmittedLoyalty loyalty) {
        if (loyalty == null) {
            return null;
        }
        SubmittedLoyalty clean = new SubmittedLoyalty(
                cells.identifier("loyalty.card", loyalty.getCard(), LONGEST_CARD),
                cells.decimal("loyalty.points", loyalty.getPoints(), 12, 2),
                cells.decimal("loyalty.threshold", loyalty.getThreshold(), 12, 2),
                cells.date("loyalty.reach_by", loyalty.getReachBy(), false),
                cells.identifier("loyalty.subscription_card", loyalty.getSubscriptionCard(), LONGEST_CARD),
                cells.date("loyalty.subscription_expiry", loyalty.getSubscriptionExpiry(), false));
        return clean.equals(new SubmittedLoyalty(null, null, null, null, null, null)) ? null : clean;
    }

    @Nullable
    SubmittedCommerce commerce(@Nullable SubmittedCommerce commerce) {
        if (commerce == null) {
            return null;
        }
        SubmittedCommerce clean = new SubmittedCommerce(
                cells.text("commerce.price_code", commerce.getPriceCode(), TEXT),
                cells.text("commerce.tax_zone", commerce.getTaxZone(), TEXT),
                cells.flagText("commerce.promotion", commerce.getPromotion()),
                cells.flagText("commerce.export_sale", commerce.getExportSale()),
                cells.flagText("commerce.automatic_invoice", commerce.getAutomaticInvoice()),
                cells.text("commerce.status", commerce.getStatus(), TEXT),
                cells.text("commerce.family", commerce.getFamily(), TEXT),
                cells.text("commerce.partner_name", commerce.getPartnerName(), TEXT));
        return clean.equals(new SubmittedCommerce(null, null, null, null, null, null, null, null)) ? null : clean;
    }

    /** A card whose token is itself a card number is not held at all. */
    List<CardOnFile> cards(List<CardOnFile> submitted) {
        List<CardOnFile> held = new ArrayList<>(submitted.size());
        for (int i = 0; i < submitted.size(); i++) {
            CardOnFile card = submitted.get(i);
            String field = "cards[" + i + "]";
            String token = cells.clean(field, card.getToken());
            if (token == null) {
                continue;
            }
            if (!CardNumbers.redact(token).equals(token)) {
                cells.report(ProblemCode.CARD_NUMBER_REMOVED, field, null);
                continue;
            }
            String last4 = cells.clean(field, card.getLast4());
            held.add(new CardOnFile(
                    token,
                    cells.text(field, card.getBrand(), TEXT),
                    last4 != null && last4.length() == 4 ? last4 : null,
                    cells.text(field, card.getExpiry(), 10),
                    cells.text(field, card.getAuthorisation(), TEXT),
                    card.getAsOf(),
                    card.getRemovedAt()));
        }
        return held;
    }
}
