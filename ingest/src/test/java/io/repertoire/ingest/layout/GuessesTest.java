package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of a file that somebody made by hand. */
class GuessesTest {

    private final Layouts layouts = new Layouts();

    @ParameterizedTest
    @CsvSource({
        "Prénom usuel, GIVEN_NAME",
        "Client - Prénom, GIVEN_NAME",
        "Courriel perso, EMAIL",
        "Adresse mail du client, EMAIL",
        "Tél. cell., PHONE_MOBILE",
        "Cell, PHONE_MOBILE",
        "No de cell., PHONE_MOBILE",
        "Tél. maison, PHONE_FIXED",
        "Tel. travail, PHONE_WORK",
        "customer_phone_no, PHONE",
    })
    void a_name_in_other_words_is_found(String name, Field field) {
        Mapping mapping = (Mapping) layouts.map(List.of("Nom", name), null);
        assertThat(mapping.field(1)).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Nom du chien", "Email status", "Phone type", "Mobile OS", "Prénom de la mère", "Travail", "Pro"
            })
    void a_name_that_says_something_else_is_not_cut_to_fit(String name) {
        Mapping mapping = (Mapping) layouts.map(List.of("Last name", name), null);
        assertThat(mapping.field(1)).isEqualTo(Field.ATTRIBUTE);
        assertThat(mapping.notes()).contains("Kept as attributes: " + name);
    }
}
