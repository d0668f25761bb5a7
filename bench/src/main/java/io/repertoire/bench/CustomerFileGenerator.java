package io.repertoire.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Customer files of any size, the same for the same seed: twelve columns, accents, quotes, line breaks within cells, a quarter of
 * the rows about people seen before, one in a hundred bad. No two people share an email, phone or loyalty card, so that
 * {@link Truth} is exact. Rows are made from their numbers alone: nothing is kept in memory.
 */
public final class CustomerFileGenerator {

    static final String HEADER =
            "First name,Last name,Email,Phone,Address,City,Province,Postal code,Country,Company,Notes,"
                    + "Loyalty card\r\n";

    private static final String[] GIVEN = {
        "Hélène",
        "Marie",
        "Zoé",
        "François",
        "Jérôme",
        "Chloé",
        "André",
        "Noémie",
        "René",
        "Aurélie",
        "Benoît",
        "Anaïs",
        "Gaëlle",
        "Loïc",
        "Raphaël",
        "Thérèse",
        "Mélanie",
        "Sébastien",
        "Geneviève",
        "Frédéric",
        "Étienne",
        "Josée",
        "Martine",
        "Philippe",
        "Nathalie",
        "Olivier",
        "Catherine",
        "Vincent",
        "Isabelle",
        "Mathieu",
        "Sophie",
        "Antoine",
        "Camille",
        "Nicolas",
        "Valérie",
        "Guillaume",
        "Charlotte",
        "Alexandre",
        "Émilie",
        "Xavier",
        "Sarah",
        "William",
        "Emily",
        "Oliver",
        "Megan",
        "Patrick",
        "Jennifer",
        "Robert",
        "Susan",
        "Kevin",
        "Begoña",
        "João",
        "Søren",
        "Łukasz"
    };

    private static final String[] FAMILY = {
        "Tremblay",
        "Gagnon",
        "Côté",
        "Bouchard",
        "Gauthier",
        "Lévesque",
        "Bélanger",
        "Fortin",
        "Gagné",
        "Pelletier",
        "Lavoie",
        "Poirier",
        "Désjardins",
        "Paré",
        "Hébert",
        "Thériault",
        "Beauséjour",
        "Château",
        "Lefèvre",
        "Dupré",
        "Müller",
        "O'Connor",
        "Saint-Pierre",
        "D'Amours",
        "Nguyễn",
        "García",
        "Martins",
        "Kowalski",
        "Andersen",
        "Brontë",
        "Roy",
        "Morin",
        "Girard",
        "Simard",
        "Boucher",
        "Caron",
        "Cloutier",
        "Dubé",
        "Poulin",
        "Nadeau",
        "Leclerc",
        "Villeneuve",
        "Rousseau",
        "Mercier",
        "Lambert",
        "Robinson",
        "Campbell",
        "MacDonald",
        "Thompson",
        "Wilson"
    };

    private static final String[] STREETS = {
        "rue des Érables",
        "rue Saint-Denis",
        "chemin de la Côte",
        "avenue du Parc",
        "boulevard René-Lévesque",
        "Main Street",
        "rue de l'Église",
        "King Street West",
        "place d'Armes",
        "allée des Cèdres"
    };
    private static final String[] CITIES_CA = {"Montréal", "Québec", "Laval", "Trois-Rivières", "Sept-Îles", "Toronto"};
    private static final String[] CITIES_FR = {"Paris", "Lyon", "Besançon", "Nîmes", "Saint-Étienne", "Orléans"};
    private static final String[] DOMAINS = {
        "courriel.example.org", "boutique.example.com", "laposte.example.net", "mail.example.org"
    };
    private static final String[] COMPANIES = {"Café du Coin", "Lumière & Fils", "L'Atelier", "North Wool Ltd"};

    private final long seed;

    public CustomerFileGenerator(long seed) {
        this.seed = seed;
    }

    /** UTF-8 without a mark, lines ended by CR LF. Replaces the file. */
    public Truth write(Path file, long rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            return write(out, rows);
        }
    }

    /** Does not close the writer. */
    public Truth write(Writer out, long rows) throws IOException {
        if (rows > Phones.people()) {
            throw new IllegalArgumentException(
                    "at most " + Phones.people() + " rows, so that no phone number comes twice");
        }
        out.write(HEADER);
        var row = new StringBuilder(256);
        long people = 0;
        long exact = 0;
        long variants = 0;
        long nobody = 0;
        long ragged = 0;
        long broken = 0;
        for (long i = 0; i < rows; i++) {
            row.setLength(0);
            var draw = new Draw(seed, i);
            long kind = draw.below(1000);
            if (kind < 10) {
                switch ((int) (kind % 3)) {
                    case 0 -> nobody++;
                    case 1 -> ragged++;
                    default -> broken++;
                }
                appendBad(row, i, (int) (kind % 3));
            } else if (kind < 110 && people > 0) {
                appendPerson(row, draw.below(people), null);
                exact++;
            } else if (kind < 260 && people > 0) {
                appendPerson(row, draw.below(people), draw);
                variants++;
            } else {
                appendPerson(row, people, null);
                people++;
            }
            row.append("\r\n");
            out.append(row);
        }
        out.flush();
        return new Truth(rows, people, exact, variants, nobody, ragged, broken);
    }

    private static void appendBad(StringBuilder row, long i, int kind) {
        switch (kind) {
            case 0 -> row.append(",,,,").append(i % 900 + 1).append(" rue sans nom,Laval,QC,H7A 1A1,CA,,nobody,");
            case 1 -> row.append("Trop,de Cellules,trop").append(i).append("@mail.example.org,,,,,,,,,,one,two more");
            default -> row.append("\"Après\"guillemet,Fautif,apres").append(i).append("@mail.example.org,,,,,,,,,");
        }
    }

    /** @param variant draws how the row differs from the person's first; {@code null}: it does not */
    private void appendPerson(StringBuilder row, long person, @org.jspecify.annotations.Nullable Draw variant) {
        var draw = new Draw(~seed, person);
        boolean french = draw.percent(10);
        String given = draw.of(GIVEN);
        String family = draw.of(FAMILY);
        long how = variant == null ? -1 : variant.below(4);
        // Another phone comes with the name as it was: one change at a time keeps every pair of names compatible.
        cell(row, how == 1 ? misspelt(given) : how == 2 ? plain(given).toUpperCase(Locale.ROOT) : given);
        cell(row, how == 2 ? plain(family).toUpperCase(Locale.ROOT) : family);
        int emailStart = row.length();
        row.append(plain(given).toLowerCase(Locale.ROOT)).append('.');
        appendLetters(row, plain(family).toLowerCase(Locale.ROOT));
        row.append(person).append('@').append(draw.of(DOMAINS));
        if (how == 0 || how == 2) {
            String email = row.substring(emailStart);
            row.setLength(emailStart);
            row.append(email.toUpperCase(Locale.ROOT));
        }
        row.append(',');
        if (draw.percent(80) || how == 3) {
            Phones.append(row, person, how == 3, french);
        }
        row.append(',');
        boolean address = draw.percent(70);
        if (address) {
            row.append(draw.below(4000) + 1);
            cell(row, (french ? ", " : " ") + draw.of(STREETS), true);
            cell(row, draw.of(french ? CITIES_FR : CITIES_CA));
            row.append(french ? "," : "QC,");
            appendPostalCode(row, draw, french);
        } else {
            row.append(",,,,");
        }
        row.append(french ? "FR," : "CA,");
        cell(row, draw.percent(8) ? draw.of(COMPANIES) : "");
        cell(row, note(draw));
        if (draw.percent(30)) {
            row.append("29").append(String.format("%09d", person));
        }
    }

    private static void appendPostalCode(StringBuilder row, Draw draw, boolean french) {
        if (french) {
            row.append(10000 + draw.below(85000)).append(',');
        } else {
            row.append('H')
                    .append(draw.below(9) + 1)
                    .append((char) ('A' + draw.below(8)))
                    .append(' ');
            row.append(draw.below(9) + 1)
                    .append((char) ('A' + draw.below(8)))
                    .append(draw.below(9) + 1)
                    .append(',');
        }
    }

    private static String note(Draw draw) {
        long kind = draw.below(100);
        if (kind < 5) {
            return "Rappeler le soir\nou laisser un message";
        }
        if (kind < 8) {
            return "Dit \"la dame au chapeau\", préfère la laine";
        }
        return kind < 15 ? "cliente fidèle" : "";
    }

    /** Letters doubled or swapped as hands do it; still the same name to anyone. */
    private static String misspelt(String name) {
        int at = name.length() / 2;
        return name.substring(0, at) + name.charAt(at) + name.substring(at);
    }

    /** Without accents. */
    private static String plain(String name) {
        String apart = Normalizer.normalize(name, Normalizer.Form.NFD);
        var out = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (c < 0x80) {
                out.append(c);
            } else if (c == 'ø') {
                out.append('o');
            } else if (c == 'Ł') {
                out.append('L');
            }
        }
        return out.toString();
    }

    private static void appendLetters(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
    }

    private static void cell(StringBuilder row, String value) {
        cell(row, value, false);
    }

    /** @param continued the cell has begun already: what is in the row since the last comma is part of it */
    private static void cell(StringBuilder row, String value, boolean continued) {
        boolean quoted = value.indexOf(',') >= 0 || value.indexOf('"') >= 0 || value.indexOf('\n') >= 0;
        if (quoted) {
            int start = continued ? row.lastIndexOf(",") + 1 : row.length();
            row.insert(start, '"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                row.append(c == '"' ? "\"\"" : String.valueOf(c));
            }
            row.append('"');
        } else {
            row.append(value);
        }
        row.append(',');
    }
}
