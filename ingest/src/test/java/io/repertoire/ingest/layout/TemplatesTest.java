package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TemplatesTest {

    private final Templates templates = new Templates(new Layouts());

    @TestFactory
    Stream<DynamicTest> p54_every_template_is_recognised_and_its_sample_rows_are_refused_in_words() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String layout : templates.layouts()) {
            for (String language : templates.languages(layout)) {
                tests.add(DynamicTest.dynamicTest(layout + " " + language, () -> {
                    var read = MappedText.of(templates.text(layout, language));
                    assertThat(read.layout()).isEqualTo(layout);
                    assertThat(read.rows()).hasSize(2);
                    assertThat(read.codes(0)).containsExactly("SAMPLE_ROW");
                    assertThat(read.codes(1)).containsExactly("SAMPLE_ROW");
                    assertThat(read.mapping().language()).isEqualTo(language);
                }));
            }
        }
        return tests.stream();
    }

    @Test
    void sample_rows_are_in_the_language_asked_for_even_where_the_headers_are_not() {
        assertThat(templates.languages("shopify")).containsExactly("en");
        assertThat(templates.text("shopify", "en", "fr"))
                .startsWith("First Name,")
                .contains("Supprimez cette ligne");
    }

    @Test
    void the_five_systems_and_the_others_have_templates() {
        assertThat(templates.layouts())
                .contains(
                        "moneris",
                        "aptimyz",
                        "square",
                        "lightspeed",
                        "clictill",
                        "shopify",
                        "clover",
                        "mailchimp",
                        "constant-contact",
                        "brevo",
                        "hubspot",
                        "google",
                        "outlook",
                        "wix",
                        "thunderbird",
                        "plain-en",
                        "plain-fr",
                        "repertoire");
        assertThat(templates.languages("moneris")).containsExactly("fr", "en");
        assertThat(templates.languages("sqare")).isEmpty();
    }

    /** Real headers, and whose they are. */
    private static final Map<String, String> HEADERS = Map.ofEntries(
            Map.entry("aptimyz_clover_import", "aptimyz"),
            Map.entry("brevo_export", "brevo"),
            Map.entry("clictill_fields", "clictill"),
            Map.entry("clover_export", "clover"),
            Map.entry("constantcontact_export", "constant-contact"),
            Map.entry("excel_fr_generic", "plain-fr"),
            Map.entry("google_contacts_2024", "google"),
            Map.entry("google_contacts_legacy", "google"),
            Map.entry("hubspot_export", "hubspot"),
            Map.entry("lightspeed_ecom_export", "lightspeed-ecom"),
            Map.entry("lightspeed_xseries_vend", "lightspeed-x"),
            Map.entry("mailchimp_export", "mailchimp"),
            Map.entry("moneris_go_retail_fr", "moneris"),
            Map.entry("outlook_google_style", "outlook"),
            Map.entry("shopify_export_2023plus", "shopify"),
            Map.entry("shopify_import_template", "shopify"),
            Map.entry("square_export_intl_surname", "square"),
            Map.entry("square_export_us", "square"),
            Map.entry("thunderbird_fr", "thunderbird"),
            Map.entry("wix_contacts_fr", "wix"));

    @TestFactory
    Stream<DynamicTest> real_headers_are_recognised() throws IOException {
        Path folder = SharedData.require("pos-csv/header-only");
        return HEADERS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> assertThat(MappedText.of(folder.resolve(entry.getKey() + ".csv"), null))
                                .satisfies(read -> assertThat(read.refused()).isNull())
                                .extracting(MappedText::layout)
                                .isEqualTo(entry.getValue())));
    }
}
