package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.customers.IdentityRule;
import io.repertoire.sink.CustomerHit;
import io.repertoire.sink.CustomerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Customers in words and JSON. */
final class CustomerText {

    private CustomerText() {}

    static String line(CustomerHit hit) {
        return String.format(
                "%-9s %-9s %-30s %-36s %s",
                hit.code(),
                hit.status().toLowerCase(Locale.ROOT),
                name(hit),
                Objects.requireNonNullElse(hit.primaryEmail(), "-"),
                Objects.requireNonNullElse(hit.primaryPhone(), "-"));
    }

    private static String name(CustomerHit hit) {
        String person = joined(" ", hit.givenName(), hit.familyName());
        String shown = person.isEmpty() && hit.displayName() != null ? hit.displayName() : person;
        return joined(", ", shown, hit.companyName());
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isBlank()).collect(Collectors.joining(separator));
    }

    static String json(CustomerHit hit) {
        return Json.object(node -> node.put("customerId", hit.customerId())
                .put("code", hit.code())
                .put("directory", hit.directoryId())
                .put("status", hit.status())
                .put("displayName", hit.displayName())
                .put("givenName", hit.givenName())
                .put("familyName", hit.familyName())
                .put("companyName", hit.companyName())
                .put("primaryEmail", hit.primaryEmail())
                .put("primaryPhone", hit.primaryPhone()));
    }

    /** One line a field, lists one line an element. */
    static List<String> block(CustomerView customer) {
        var lines = new ArrayList<String>();
        Json.parse(customer.json()).properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isArray()) {
                value.forEach(element -> {
                    lines.add(line(field.getKey(), element));
                    if (field.getKey().equals("source_records")) {
                        lines.add(why(element));
                    }
                });
            } else if (!value.isNull()) {
                lines.add(line(field.getKey(), value));
            }
        });
        return lines;
    }

    /** Why a source record is this customer's. */
    private static String why(JsonNode record) {
        String id = record.path("rule").asText();
        String evidence = record.path("evidence").asText("");
        IdentityRule rule = IdentityRule.of(id);
        return String.format(
                "%-20s here because %s (%s)",
                "",
                rule == null ? "of rule " + id : rule.words(),
                evidence.isEmpty() || evidence.equals("null") ? id : id + "; " + evidence);
    }

    private static String line(String name, JsonNode value) {
        return String.format("%-20s %s", name, words(value));
    }

    private static String words(JsonNode value) {
        if (value.isArray()) {
            var elements = new ArrayList<String>();
            value.forEach(element -> elements.add(words(element)));
            return String.join(" ", elements);
        }
        if (!value.isObject()) {
            return value.asText(value.toString());
        }
        var words = new ArrayList<String>();
        value.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                words.add(field.getKey() + "=" + words(field.getValue()));
            }
        });
        return String.join(", ", words);
    }
}
