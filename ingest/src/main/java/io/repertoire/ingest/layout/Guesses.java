package io.repertoire.ingest.layout;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of columns that no layout names: {@code Client - Prénom}, {@code customer_phone_no}, {@code Adresse e-mail du client}.
 * Words that say nothing of the field are dropped and the rest looked up, so a guess is a known name in other words. What was
 * guessed is told to the user.
 */
final class Guesses {

    /** Words that a column name may have more or less of. */
    private static final Set<String> NOISE = Set.of(
            "client",
            "clients",
            "cliente",
            "customer",
            "customers",
            "contact",
            "member",
            "membre",
            "user",
            "person",
            "personne",
            "acheteur",
            "buyer",
            "the",
            "of",
            "for",
            "de",
            "du",
            "des",
            "d",
            "la",
            "le",
            "les",
            "l",
            "no",
            "num",
            "nr",
            "value",
            "valeur",
            "champ",
            "field",
            "main",
            "principal",
            "principale",
            "primary",
            "default",
            "default1",
            "your",
            "votre",
            "please",
            "required",
            "obligatoire",
            "facultatif",
            "optional");

    private final Layout anybodys;
    private final Map<String, Field> made = new LinkedHashMap<>();

    /** @param anybodys the layout of files of nobody in particular: it knows every plain name */
    Guesses(Layout anybodys) {
        this.anybodys = anybodys;
    }

    /** Null if nothing comes to mind. */
    Layout.@Nullable Column of(String name, Layout layout) {
        if (name.length() > 60) {
            return null;
        }
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var meaningful = new StringBuilder();
        int dropped = 0;
        for (String word : plain.replaceAll("\\p{M}", "").split("[^\\p{L}\\p{N}]+", -1)) {
            if (NOISE.contains(word)) {
                dropped++;
            } else {
                meaningful.append(word);
            }
        }
        if (dropped == 0 || meaningful.isEmpty()) {
            return null;
        }
        String key = HeaderName.key(meaningful.toString());
        Layout.Column own = layout.column(key);
        return own == null ? anybodys.column(key) : own;
    }

    void add(String name, Layout.Column column) {
        made.put(Mapping.shortened(name), column.field());
    }

    @Nullable
    String text() {
        if (made.isEmpty()) {
            return null;
        }
        var text = new StringBuilder();
        made.forEach((name, field) -> text.append(text.isEmpty() ? "Read by guess: " : ", ")
                .append(name.isEmpty() ? "a column without a name" : name)
                .append(" as ")
                .append(field.name().toLowerCase(Locale.ROOT)));
        return text.append('.').toString();
    }
}
