package io.repertoire.customers.normalise;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Countries by ISO 3166 alpha-2 and alpha-3 code and by name in English and French (RULES P23). */
final class Countries {

    private static final Set<String> ALPHA2 = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
    private static final FoldedIndex NAMES = new FoldedIndex();

    static {
        for (String code : ALPHA2) {
            Locale country = new Locale.Builder().setRegion(code).build();
            NAMES.add(country.getISO3Country(), code);
            NAMES.add(country.getDisplayCountry(Locale.ENGLISH), code);
            NAMES.add(country.getDisplayCountry(Locale.FRENCH), code);
        }
        Map.ofEntries(
                        Map.entry("UK", "GB"),
                        Map.entry("Great Britain", "GB"),
                        Map.entry("Grande-Bretagne", "GB"),
                        Map.entry("England", "GB"),
                        Map.entry("Angleterre", "GB"),
                        Map.entry("Scotland", "GB"),
                        Map.entry("Écosse", "GB"),
                        Map.entry("Wales", "GB"),
                        Map.entry("Northern Ireland", "GB"),
                        Map.entry("U.S.", "US"),
                        Map.entry("États-Unis d'Amérique", "US"),
                        Map.entry("United States of America", "US"),
                        Map.entry("The United States", "US"),
                        Map.entry("America", "US"),
                        Map.entry("É.-U.", "US"),
                        Map.entry("Holland", "NL"),
                        Map.entry("Hollande", "NL"),
                        Map.entry("The Netherlands", "NL"),
                        Map.entry("Ivory Coast", "CI"),
                        Map.entry("Czech Republic", "CZ"),
                        Map.entry("République tchèque", "CZ"),
                        Map.entry("Turkey", "TR"),
                        Map.entry("Turquie", "TR"),
                        Map.entry("Russian Federation", "RU"),
                        Map.entry("Viet Nam", "VN"),
                        Map.entry("South Korea", "KR"),
                        Map.entry("Corée du Sud", "KR"),
                        Map.entry("La Réunion", "RE"),
                        Map.entry("France métropolitaine", "FR"))
                .forEach(NAMES::add);
    }

    private Countries() {}

    static @Nullable String alpha2(String clean) {
        if (clean.length() == 2) {
            String code = clean.toUpperCase(Locale.ROOT);
            if (ALPHA2.contains(code)) {
                return code;
            }
        }
        return NAMES.find(clean);
    }
}
