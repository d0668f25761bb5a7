package io.repertoire.ingest.layout;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of columns that no layout names: {@code Client - Prénom}, {@code customer_phone_no}, {@code Adresse e-mail du client}.
 * Words that say nothing of the field are dropped, short ones are spelled out, and the rest looked up, so a guess is a known name
 * in other words and no longer name is cut to fit: {@code Nom du chien} is nobody's name. What was
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
            "optional",
            "perso",
            "personnel",
            "personnelle",
            "personal",
            "prive",
            "privee",
            "private",
            "usuel",
            "usuelle",
            "usual",
            "actuel",
            "actuelle",
            "current");

    /** What a short or regional word stands for in the names that layouts know. */
    private static final Map<String, String> MEANING = Map.ofEntries(
            Map.entry("tel", "telephone"),
            Map.entry("phone", "telephone"),
            Map.entry("cell", "mobile"),
            Map.entry("cel", "mobile"),
            Map.entry("cellulaire", "mobile"),
            Map.entry("cellphone", "mobile"),
            Map.entry("portable", "mobile"),
            Map.entry("gsm", "mobile"),
            Map.entry("natel", "mobile"),
            Map.entry("home", "domicile"),
            Map.entry("maison", "domicile"),
            Map.entry("residence", "domicile"),
            Map.entry("work", "bureau"),
            Map.entry("office", "bureau"),
            Map.entry("pro", "bureau"),
            Map.entry("travail", "bureau"),
            Map.entry("courriel", "email"),
            Map.entry("mail", "email"),
            Map.entry("mel", "email"));

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
        List<String> words = new ArrayList<>();
        boolean dropped = false;
        for (String word : plain.replaceAll("\\p{M}", "").split("[^\\p{L}\\p{N}]+", -1)) {
            if (NOISE.contains(word)) {
                dropped = true;
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        Layout.Column found = dropped ? known(words, layout) : null;
        return found == null ? translated(words, layout) : found;
    }

    private Layout.@Nullable Column translated(List<String> words, Layout layout) {
        List<String> meant = new ArrayList<>();
        boolean changed = false;
        for (String word : words) {
            String meaning = MEANING.get(word);
            changed |= meaning != null;
            meant.add(meaning == null ? word : meaning);
        }
        if (!changed) {
            return null;
        }
        Layout.Column found = known(meant, layout);
        if (found == null) {
            // English puts the kind first: home phone.
            Collections.reverse(meant);
            found = known(meant, layout);
        }
        return found;
    }

    private Layout.@Nullable Column known(List<String> words, Layout layout) {
        if (words.isEmpty()) {
            return null;
        }
        String key = HeaderName.key(String.join("", words));
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
