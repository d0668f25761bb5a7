package io.repertoire.customers;

import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be wrong with what a source says, with the words for it. The name is the stable code of
 * {@link Problem#getCode()}; the texts hold no personal data and no parameters, so that a program that knows only the code can
 * show them in either language.
 */
public enum ProblemCode {
    /** Rule C1. Why a value that was given does not count is told by the warnings beside it. */
    NO_IDENTITY(
            Severity.ERROR,
            "No usable first name, last name, email or phone: at least one is needed.",
            "Aucun prénom, nom, courriel ou téléphone utilisable : il en faut au moins un."),
    UNKNOWN_ID(
            Severity.ERROR,
            "No customer has this identifier, and this import only updates known ones.",
            "Aucun client ne porte cet identifiant, et cet import ne fait que des mises à jour."),
    SAMPLE_ROW(
            Severity.ERROR,
            "This is a sample row of the template; delete it.",
            "Ceci est une ligne d'exemple du modèle ; supprimez-la."),
    SOURCE_RESERVED(
            Severity.ERROR,
            "This source system's name is one that Repertoire keeps for itself; send it under another.",
            "Ce nom de système source est réservé à Repertoire ; envoyez-le sous un autre."),
    REQUIRED_MISSING(
            Severity.ERROR,
            "The system this file is for requires this field, and it is empty or cannot be used.",
            "Le système auquel ce fichier est destiné exige ce champ, et il est vide ou inutilisable."),
    FIELD_REQUIRED(
            Severity.ERROR,
            "New customers of this directory need this field, and it is empty or cannot be used.",
            "Les nouveaux clients de ce répertoire doivent avoir ce champ, et il est vide ou inutilisable."),
    UNKNOWN_CUSTOMER(
            Severity.ERROR,
            "No customer has this id, code or card; the sale was kept without a customer.",
            "Aucun client ne porte cet identifiant, ce code ou cette carte ; la vente est gardée sans client."),
    CUSTOMER_ARCHIVED(
            Severity.ERROR,
            "This customer is archived; the sale was kept without it.",
            "Ce client est archivé ; la vente est gardée sans lui."),
    OPERATION_NOT_SUPPORTED(
            Severity.ERROR,
            "This version does not do what the record asks for.",
            "Cette version ne fait pas ce que l'enregistrement demande."),
    EVENT_TIME_IN_FUTURE(
            Severity.WARNING,
            "Is dated more than a day after it was received; the time of receipt was taken.",
            "Est daté de plus d'un jour après sa réception ; l'heure de réception a été retenue."),
    INTERNAL_ERROR(
            Severity.ERROR,
            "Repertoire failed on this row, through no fault of the row; it is kept among the dead letters.",
            "Repertoire a échoué sur cette ligne, sans que la ligne soit en cause ; elle est gardée à part (dlq)."),
    OUTPUT_TOO_LARGE(
            Severity.ERROR,
            "The customer would become too large to be sent; the row is kept among the dead letters.",
            "Le client deviendrait trop volumineux pour être transmis ; la ligne est gardée à part (dlq)."),
    UNREADABLE(Severity.ERROR, "The row could not be read.", "La ligne n'a pas pu être lue."),

    CONTROL_CHARACTERS(
            Severity.WARNING,
            "Holds control characters, which were removed.",
            "Contient des caractères de contrôle, qui ont été retirés."),
    LAYOUT_LENGTH(
            Severity.WARNING,
            "Is longer than the system this file is for takes; kept as far as this field holds.",
            "Dépasse la longueur que prend le système auquel ce fichier est destiné ; conservé tant que le champ le permet."),
    LAYOUT_FORMAT(
            Severity.WARNING,
            "Is not written as the system this file is for asks; taken as it is.",
            "N'est pas écrit comme le demande le système auquel ce fichier est destiné ; repris tel quel."),
    MOJIBAKE_REPAIRED(
            Severity.WARNING,
            "Accents had been garbled by another program (Ã© for é) and were repaired.",
            "Des accents avaient été abîmés par un autre programme (Ã© pour é) et ont été rétablis."),
    TOO_LONG(
            Severity.WARNING,
            "Is longer than this field holds; it was cut or left out.",
            "Dépasse la longueur de ce champ ; la valeur a été coupée ou écartée."),
    EXCEL_SCIENTIFIC(
            Severity.WARNING,
            "A spreadsheet wrote this number as a power of ten and lost its digits; it was left out.",
            "Un tableur a écrit ce nombre en puissance de dix et en a perdu les chiffres ; il a été écarté."),
    EXCEL_DATE(
            Severity.WARNING,
            "A spreadsheet made a date of this value, and what it was is gone; it was left out.",
            "Un tableur a fait une date de cette valeur, et ce qu'elle était est perdu ; elle a été écartée."),

    CARD_NUMBER_REMOVED(
            Severity.WARNING,
            "Held what looks like a payment card number, which is never kept; its digits were taken out.",
            "Contenait ce qui ressemble à un numéro de carte bancaire, jamais conservé ; ses chiffres ont été retirés."),

    CONSENT_IGNORED(
            Severity.WARNING,
            "Says yes where the person said no, without a later date of its own; the no stands.",
            "Dit oui là où la personne a dit non, sans date plus récente ; le refus demeure."),
    EMAIL_INVALID(
            Severity.WARNING,
            "Is not an email address; kept as typed, not used.",
            "N'est pas une adresse courriel ; conservée telle quelle, non utilisée."),
    EMAIL_PLACEHOLDER(
            Severity.WARNING,
            "Is a filler and not somebody's email address; not used.",
            "Est une adresse de remplissage et non celle de quelqu'un ; non utilisée."),
    EMAIL_SYNTHETIC(
            Severity.WARNING,
            "Was made up from a phone number by another system; not used as an email address.",
            "A été fabriquée à partir d'un téléphone par un autre système ; non utilisée comme courriel."),
    EMAIL_OWN(
            Severity.WARNING,
            "Is the shop's own email address; not used for the customer.",
            "Est l'adresse du magasin lui-même ; non utilisée pour le client."),

    PHONE_INVALID(
            Severity.WARNING,
            "Is not a phone number that exists; kept as typed, not used.",
            "N'est pas un numéro de téléphone existant ; conservé tel quel, non utilisé."),
    PHONE_PLACEHOLDER(
            Severity.WARNING,
            "Is a filler and not somebody's phone number; not used.",
            "Est un numéro de remplissage et non celui de quelqu'un ; non utilisé."),
    PHONE_REPAIRED(
            Severity.WARNING,
            "Was only a valid phone number after a repair (a lost 0 or +, or an added .0).",
            "N'est un numéro valide qu'après réparation (un 0 ou un + perdu, ou un .0 ajouté)."),
    PHONE_OWN(
            Severity.WARNING,
            "Is the shop's own phone number; not used for the customer.",
            "Est le numéro du magasin lui-même ; non utilisé pour le client."),
    EXTENSION_INVALID(
            Severity.WARNING,
            "Is not a phone extension of at most 11 digits; left out.",
            "N'est pas un poste téléphonique d'au plus 11 chiffres ; écarté."),

    COUNTRY_UNKNOWN(
            Severity.WARNING,
            "Is not a country by code or by name in English or French; left out.",
            "N'est pas un pays, ni par son code ni par son nom français ou anglais ; écarté."),
    LANGUAGE_UNKNOWN(Severity.WARNING, "Is not a known language; left out.", "N'est pas une langue connue ; écartée."),
    DATE_INVALID(
            Severity.WARNING,
            "Is not a date written YYYY-MM-DD (a birthday may be --MM-DD); left out.",
            "N'est pas une date écrite AAAA-MM-JJ (un anniversaire peut être --MM-JJ) ; écartée."),
    FLAG_INVALID(Severity.WARNING, "Is neither yes nor no; left out.", "N'est ni oui ni non ; écarté."),
    NUMBER_INVALID(
            Severity.WARNING,
            "Is not a number this field can hold; left out.",
            "N'est pas un nombre que ce champ peut contenir ; écarté."),
    TYPE_UNKNOWN(
            Severity.WARNING,
            "Is neither a person nor a business; kept as an attribute.",
            "N'est ni un particulier ni une entreprise ; gardé comme attribut."),
    IDENTIFIER_PLACEHOLDER(
            Severity.WARNING,
            "Is a filler and not an identifier; left out.",
            "Est une valeur de remplissage et non un identifiant ; écartée."),
    SIRET_INVALID(
            Severity.WARNING,
            "Is not a SIRET (14 digits that check out); left out.",
            "N'est pas un SIRET (14 chiffres cohérents) ; écarté."),
    VAT_INVALID(Severity.WARNING, "Is not a VAT number; left out.", "N'est pas un numéro de TVA ; écarté."),
    NAF_INVALID(
            Severity.WARNING,
            "Is not a NAF code (four digits and a letter); left out.",
            "N'est pas un code NAF (quatre chiffres et une lettre) ; écarté.");

    private static final Map<String, ProblemCode> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private final Severity severity;
    private final String english;
    private final String french;

    ProblemCode(Severity severity, String english, String french) {
        this.severity = severity;
        this.english = english;
        this.french = french;
    }

    public Severity severity() {
        return severity;
    }

    public String english() {
        return english;
    }

    public String french() {
        return french;
    }

    /** Null for a code of another program or of a later version. */
    public static @Nullable ProblemCode of(String code) {
        return BY_NAME.get(code);
    }

    /**
     * @param field by the name of the contract, such as {@code emails[0]}; null: the whole record
     * @param maskedValue already masked
     */
    public Problem problem(@Nullable String field, @Nullable String maskedValue) {
        return new Problem(field, null, name(), english, maskedValue, severity);
    }
}
