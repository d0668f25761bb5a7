package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.sink.ReviewView;
import java.util.ArrayList;
import java.util.Locale;

/** Open questions in words and JSON. */
final class ReviewText {

    private ReviewText() {}

    static String line(ReviewView review) {
        var who = new ArrayList<String>();
        for (JsonNode customer : Json.parse(review.customers())) {
            String name = customer.path("displayName").asText("");
            who.add(customer.path("code").asText() + (name.isEmpty() ? "" : " " + name));
        }
        return String.format(
                Locale.ROOT,
                "%-20s %-18s %s  (%s%s)",
                review.reviewId(),
                review.kind().toLowerCase(Locale.ROOT),
                String.join(" | ", who),
                review.rule(),
                review.evidence().isEmpty() ? "" : ": " + review.evidence());
    }

    static String json(ReviewView review) {
        return Json.object(node -> {
            node.put("reviewId", review.reviewId())
                    .put("kind", review.kind())
                    .put("rule", review.rule())
                    .put("evidence", review.evidence())
                    .put(
                            "raisedAt",
                            review.raisedAt() == null ? null : review.raisedAt().toString())
                    .put("importId", review.importId())
                    .put("line", review.line());
            node.set("customers", Json.parse(review.customers()));
        });
    }
}
