package io.repertoire.customers.normalise;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Languages by BCP-47 tag, by name in English, French or the language itself, or by ISO 639-2 code. */
final class Languages {

    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
    private static final FoldedIndex NAMES = new FoldedIndex();

    static {
        for (String code : CODES) {
            Locale language = new Locale.Builder().setLanguage(code).build();
            String tag = language.toLanguageTag();
            NAMES.add(language.getDisplayLanguage(Locale.ENGLISH), tag);
            NAMES.add(language.getDisplayLanguage(Locale.FRENCH), tag);
            NAMES.add(language.getDisplayLanguage(language), tag);
            NAMES.add(language.getISO3Language(), tag);
        }
        NAMES.add("fre", "fr");
        NAMES.add("ger", "de");
        NAMES.add("anglophone", "en");
        NAMES.add("francophone", "fr");
        NAMES.add("French (Canada)", "fr-CA");
        NAMES.add("Français (Canada)", "fr-CA");
        NAMES.add("English (Canada)", "en-CA");
        NAMES.add("Anglais (Canada)", "en-CA");
    }

    private Languages() {}

    static @Nullable String tag(String clean) {
        String named = NAMES.find(clean);
        if (named != null) {
            return named;
        }
        try {
            Locale locale =
                    new Locale.Builder().setLanguageTag(clean.replace('_', '-')).build();
            return CODES.contains(locale.getLanguage()) ? locale.toLanguageTag() : null;
        } catch (IllformedLocaleException e) {
            return null;
        }
    }
}
