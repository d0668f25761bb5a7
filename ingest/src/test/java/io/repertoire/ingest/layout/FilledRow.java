package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A header and a row that fills every column of it with a value of its own, and what each of them looks like on a customer. */
final class FilledRow {

    private static final List<String> COUNTRIES = List.of(
            "FRA", "DEU", "IRL", "ESP", "ITA", "PRT", "BEL", "NLD", "CHE", "AUT", "DNK", "SWE", "NOR", "FIN", "POL",
            "GRC");
    private static final List<String> CODES =
            List.of("FR", "DE", "IE", "ES", "IT", "PT", "BE", "NL", "CH", "AT", "DK", "SE", "NO", "FI", "PL", "GR");

    /** @param shown the value, or what it becomes, as it stands in the image's text */
    record Cell(String header, Field field, String value, List<String> shown) {}

    private final List<Cell> cells = new ArrayList<>();

    FilledRow(Mapping mapping, List<String> header) {
        for (int i = 0; i < header.size(); i++) {
            Field field = mapping.field(i);
            String value = value(mapping, field, i);
            cells.add(new Cell(header.get(i), field, value, shown(field, value, i)));
        }
    }

    List<Cell> cells() {
        return cells;
    }

    String text() {
        List<String> header = new ArrayList<>();
        List<String> row = new ArrayList<>();
        for (Cell cell : cells) {
            header.add('"' + cell.header() + '"');
            row.add('"' + cell.value() + '"');
        }
        return String.join(",", header) + "\n" + String.join(",", row) + "\n";
    }

    private static String value(Mapping mapping, Field field, int i) {
        return switch (field) {
            case EMAIL -> "c" + i + "@mail" + i + ".ca";
            case PHONE, PHONE_MOBILE, PHONE_FIXED, PHONE_WORK -> phone(mapping, field, i);
            case BIRTH_DATE -> "1980-05-31";
            case BIRTH_YEAR -> "1980";
            case BIRTH_MONTH -> "5";
            case BIRTH_DAY -> "31";
            case LOYALTY_REACH_BY -> "2030-01-02";
            case SUBSCRIPTION_EXPIRY -> "2031-02-03";
            case UPDATED_AT -> "2025-03-04 05:06:07";
            case CONSENT_EMAIL_AT -> "2024-02-02";
            case CONSENT_SMS_AT -> "2024-04-04";
            case CONSENT_PHONE_AT -> "2024-03-03";
            case CONSENT_POST_AT -> "2024-01-01";
            case CONSENT_EMAIL_YES_AT -> "2024-06-0" + (1 + i % 9) + " 00:00:00";
            case CONSENT_EMAIL_NO_AT -> "2024-05-0" + (1 + i % 9) + " 00:00:00";
            case COUNTRY -> COUNTRIES.get(i % COUNTRIES.size());
            case CONSENT_EMAIL, CONSENT_SMS, CONSENT_PHONE, CONSENT_POST -> yes(mapping, field);
            case RECEIPT_BY_EMAIL, CREDIT_ACCOUNT -> "Y";
            case PROMOTION, EXPORT_SALE, AUTOMATIC_INVOICE -> "Y";
            case ACTIVE -> "Non";
            case LOYALTY_POINTS -> (100 + i) + ".25";
            case LOYALTY_THRESHOLD -> "" + (200 + i);
            case ACCOUNT_BALANCE, CREDIT_LIMIT -> (3000 + i) + ".55";
            case DISCOUNT -> "12.5";
            case CREDIT_TERMS -> "" + (30 + i);
            case VAT -> "FR44732829320";
            case SIRET -> "73282932000074";
            case NAF -> "4711D";
            case TYPE -> "Professionnel";
            case PREFERRED_LANGUAGE -> "fr";
            case ADDRESS_TYPE -> "Shipping";
            case POSTAL_CODE -> "X" + i + " 9";
            case EXTERNAL_CODE -> "WEB:ext" + i;
            default -> "Value" + i + "x";
        };
    }

    /** A system that leaves the plus sign out of its numbers gets them so. */
    private static String phone(Mapping mapping, Field field, int i) {
        ValueRule rule = mapping.layout().cells().rules().get(field);
        String number = "514" + (230 + i) + "" + (4000 + i);
        return rule != null && rule.prefix() != null
                ? "1" + number
                : rule != null && rule.form() == ValueForm.TEN_DIGITS ? number : "+1" + number;
    }

    /** The word by which this system says something of consent. */
    private static String yes(Mapping mapping, Field field) {
        ValueRule rule = mapping.layout().cells().rules().get(field);
        if (rule == null || rule.words() == null) {
            return "Y";
        }
        return rule.words().entrySet().stream()
                .filter(word -> !word.getValue().isEmpty())
                .map(word -> word.getKey())
                .sorted()
                .findFirst()
                .orElse("Y");
    }

    private static List<String> shown(Field field, String value, int i) {
        String name = '"' + field.name().toLowerCase(Locale.ROOT) + "\": ";
        return switch (field) {
            case PHONE, PHONE_MOBILE, PHONE_FIXED, PHONE_WORK -> List.of(value.substring(value.length() - 10));
            case COUNTRY -> List.of('"' + CODES.get(i % CODES.size()) + '"');
            case BIRTH_YEAR -> List.of("\"birth_date\": \"1980-");
            case BIRTH_MONTH -> List.of("-05-");
            case BIRTH_DAY -> List.of("-31\"");
            case UPDATED_AT -> List.of("2025-03-04T05:06:07Z");
            case CONSENT_EMAIL -> List.of("\"channel\": \"EMAIL\"");
            case CONSENT_SMS -> List.of("\"channel\": \"SMS\"");
            case CONSENT_PHONE -> List.of("\"channel\": \"PHONE\"");
            case CONSENT_POST -> List.of("\"channel\": \"POST\"");
            case CONSENT_EMAIL_YES_AT, CONSENT_EMAIL_NO_AT -> List.of(value.substring(0, 10));
            case RECEIPT_BY_EMAIL, CREDIT_ACCOUNT, PROMOTION, EXPORT_SALE, AUTOMATIC_INVOICE -> List.of(name + "true");
            case TYPE -> List.of("\"type\": \"BUSINESS\"");
            case ADDRESS_TYPE -> List.of("\"SHIPPING\"");
            case EXTERNAL_CODE -> List.of("\"ext" + i + '"');
            case PREFERRED_LANGUAGE -> List.of("\"preferred_language\": \"fr\"");
            case DISCOUNT -> List.of("12.5");
            case LOYALTY_POINTS -> List.of("\"points_balance\": " + (100 + i) + ",", value);
            default -> List.of(value);
        };
    }
}
