package io.repertoire.ingest.csv;

/** Why a record could not be read, or not be told column from column. The names are codes that users see and programs may rely on. */
public enum RowFault {
    UNCLOSED_QUOTE(
            "A quote is opened and not closed, or not within one mebibyte. Close it, or double every quote that belongs to"
                    + " the text; until then each line that follows counts as a row of its own.",
            "Un guillemet est ouvert et n'est pas fermé, ou pas avant un mébioctet. Fermez-le, ou doublez les guillemets"
                    + " qui font partie du texte ; d'ici là, chaque ligne qui suit compte comme une ligne à part."),
    TEXT_AFTER_QUOTE(
            "There is text after a closing quote. Double every quote that belongs to the text.",
            "Il y a du texte après un guillemet fermant. Doublez les guillemets qui font partie du texte."),
    FIELD_TOO_LARGE(
            "A cell is larger than one mebibyte.", //
            "Une cellule dépasse un mébioctet."),
    RECORD_TOO_LARGE(
            "The row is larger than eight mebibytes, or holds more than 300,000 characters of values.",
            "La ligne dépasse huit mébioctets, ou contient plus de 300 000 caractères de valeurs."),
    TOO_MANY_CELLS(
            "The row has more cells than a spreadsheet can hold.",
            "La ligne a plus de cellules qu'un tableur ne peut en contenir."),
    EXTRA_CELLS(
            "The row has more cells than the header has columns. Put quotes around a value that holds the delimiter.",
            "La ligne a plus de cellules que l'en-tête n'a de colonnes. Mettez entre guillemets une valeur qui contient"
                    + " le délimiteur."),
    UNREADABLE(
            "The row is not delimited text.", //
            "La ligne n'est pas du texte délimité.");

    private final String english;
    private final String french;

    RowFault(String english, String french) {
        this.english = english;
        this.french = french;
    }

    public String english() {
        return english;
    }

    public String french() {
        return french;
    }
}
