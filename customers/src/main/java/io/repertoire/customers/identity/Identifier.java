package io.repertoire.customers.identity;

/**
 * Something that may say who a record is about.
 *
 * @param value normalised
 * @param role an address of a function such as {@code info@}: joins only together with name and company (P7)
 */
public record Identifier(IdentifierKind kind, String value, boolean role) {

    /** Key in the table of identifiers, after the directory. */
    public String key() {
        return kind.keyPart() + '/' + value;
    }

    /** A foreign id is only worth something beside the system that gave it. */
    public static Identifier external(String system, String kind, String value) {
        return new Identifier(IdentifierKind.EXTERNAL_ID, system + '\u001f' + kind + '\u001f' + value, false);
    }

    public static Identifier code(String code) {
        return new Identifier(IdentifierKind.CODE, code, false);
    }

    public static Identifier card(String value) {
        return new Identifier(IdentifierKind.LOYALTY_CARD, value, false);
    }

    /** Never the value: it may be an address or a number. */
    @Override
    public String toString() {
        return "Identifier[" + kind + "]";
    }
}
