package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedPhone;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pages of the systems say of their files, and what becomes of a file that says otherwise. */
class SystemRulesTest {

    private static final String MONERIS =
            "ID de Client,Prénom,Nom de famille,Courriel,Téléphone,Pays,Adresse,Ville,Province,Code postal,Actif O/N\n";
    private static final String APTIMYZ = "Email address,Company name,Account number,First name,Last name,Partner name,"
            + "Phone,Comments,Address label,Address type,Address 1,Address 2,City,County / State,Postal code / Zip,"
            + "Country,Account balance,Discount %,Loyalty card number / barcode,Loyalty points balance,"
            + "Marketing allowed,Email receipt to customer,Credit account,Credit limit,Credit terms\n";

    @Test
    void moneris_keeps_its_id_and_takes_any_value_of_the_active_flag() throws IOException {
        var read = MappedText.of(
                MONERIS + "C-00001,Ann,Roy,a@x.ca,5145550123,Canada,1 Rue A,Laval,QC,H7A 1A1,peut-être\n");

        assertThat(read.layout()).isEqualTo("moneris");
        CustomerSubmission row = read.rows().get(0);
        assertThat(row.getProblems()).isEmpty();
        assertThat(row.getSourceCustomerId()).isEqualTo("C-00001");
        assertThat(row.getCustomer().getCode()).isNull();
        assertThat(row.getCustomer().getActive()).isEqualTo("peut-être");
        assertThat(row.getCustomer().getAttributes()).containsOnlyKeys("Actif O/N");
    }

    @Test
    void p57_moneris_says_when_a_phone_has_not_ten_digits_or_an_email_is_none_and_takes_the_row() throws IOException {
        var read = MappedText.of(MONERIS
                + ",Ann,,a@x.ca,+33 6 12 34 56 78,,,,,,\n"
                + ",Bob,,bob.x.ca,(514) 555-0123,,,,,,\n"
                + ",,,,,Canada,,,,,\n");

        assertThat(read.codes(0)).containsExactly("LAYOUT_FORMAT");
        assertThat(read.rows().get(0).getCustomer().getPhones())
                .extracting(SubmittedPhone::getValue)
                .containsExactly("+33 6 12 34 56 78");
        assertThat(read.codes(1)).containsExactly("LAYOUT_FORMAT");
        assertThat(read.rows().get(1).getProblems())
                .extracting(Problem::getColumn)
                .containsExactly("Courriel");
        assertThat(read.codes(2)).containsExactly("NO_IDENTITY");
        assertThat(read.rows().get(2).getProblems())
                .extracting(Problem::getSeverity)
                .containsExactly(Severity.ERROR);
    }

    @Test
    void aptimyz_columns_a_to_y_all_find_their_place() throws IOException {
        var read = MappedText.of(APTIMYZ
                + "a@x.ca,ACME,ACC1,Ann,Roy,Bob,514 555 0123,Hello,Maison,Facturation,1 Rue A,App 2,Laval,QC,H7A 1A1,"
                + "CAN,-1234.50,12.5,CARD1,20,Y,N,Y,500.00,30\n");

        assertThat(read.layout()).isEqualTo("aptimyz");
        assertThat(read.rows().get(0).getProblems()).isEmpty();
        SubmittedCustomer customer = read.rows().get(0).getCustomer();
        assertThat(customer.getAttributes()).isEmpty();
        assertThat(customer.getCommerce().getPartnerName()).isEqualTo("Bob");
        assertThat(customer.getAddresses()).singleElement().satisfies(address -> {
            assertThat(address.getLabel()).isEqualTo("Maison");
            assertThat(address.getType()).isEqualTo(AddressType.BILLING);
            assertThat(address.getCountry()).isEqualTo("CAN");
        });
        assertThat(customer.getAccounts()).singleElement().satisfies(account -> {
            assertThat(account.getNumber()).isEqualTo("ACC1");
            assertThat(account.getBalance()).isEqualTo("-1234.50");
            assertThat(account.getDiscount()).isEqualTo("12.5");
            assertThat(account.getCreditAccount()).isEqualTo("Y");
            assertThat(account.getCreditLimit()).isEqualTo("500.00");
            assertThat(account.getTermsDays()).isEqualTo("30");
        });
        assertThat(customer.getLoyalty().getCard()).isEqualTo("CARD1");
        assertThat(customer.getLoyalty().getPoints()).isEqualTo("20");
        assertThat(customer.getReceiptByEmail()).isEqualTo("N");
        assertThat(customer.getConsents())
                .extracting(SubmittedConsent::getStatus)
                .containsExactly(ConsentStatus.GRANTED);
    }

    @Test
    void aptimyz_rejects_a_row_without_email_names_or_phone_and_a_credit_account_without_a_company()
            throws IOException {
        var read = MappedText.of(APTIMYZ
                + ",,,Ann,Roy,,514 555 0123\n"
                + "a@x.ca,,,,Roy,,514 555 0123\n"
                + "a@x.ca,,,Ann,,,514 555 0123\n"
                + "a@x.ca,,,Ann,Roy,,\n"
                + "not an email,,,Ann,Roy,,514 555 0123\n"
                + "a@x.ca,,,Ann,Roy,,514 555 0123,,,,,,,,,,,,,,,,Y\n"
                + "a@x.ca,,,Ann,Roy,,514 555 0123,,,,,,,,,,,,,,,,N\n");

        for (int row = 0; row < 6; row++) {
            assertThat(read.codes(row)).as("row " + row).contains("REQUIRED_MISSING");
        }
        assertThat(missing(read, 0)).isEqualTo("Email address");
        assertThat(missing(read, 1)).isEqualTo("First name");
        assertThat(missing(read, 2)).isEqualTo("Last name");
        assertThat(missing(read, 3)).isEqualTo("Phone");
        assertThat(missing(read, 4)).isEqualTo("Email address");
        assertThat(missing(read, 5)).isEqualTo("Company name");
        assertThat(read.codes(6)).isEmpty();
    }

    @Test
    void aptimyz_lengths_warn_and_wrong_numbers_say_nothing() throws IOException {
        var read = MappedText.of(APTIMYZ
                + "a@x.ca,,," + "A".repeat(51)
                + ",Roy,,514 555 0123,,,Garage,,,,,12345678901,Canada,1234567890.00,10%,,"
                + "beaucoup,maybe,,N,12.345,1000\n");

        SubmittedCustomer customer = read.rows().get(0).getCustomer();
        assertThat(customer.getGivenName()).hasSize(51);
        assertThat(read.rows().get(0).getProblems())
                .extracting(problem -> problem.getColumn() + " " + problem.getCode())
                .containsExactlyInAnyOrder(
                        "First name LAYOUT_LENGTH",
                        "Address type LAYOUT_FORMAT",
                        "Postal code / Zip LAYOUT_LENGTH",
                        "Country LAYOUT_FORMAT",
                        "Account balance NUMBER_INVALID",
                        "Discount % NUMBER_INVALID",
                        "Loyalty points balance NUMBER_INVALID",
                        "Marketing allowed LAYOUT_FORMAT",
                        "Marketing allowed FLAG_INVALID",
                        "Credit limit NUMBER_INVALID",
                        "Credit terms NUMBER_INVALID");
        assertThat(customer.getAccounts()).singleElement().satisfies(account -> {
            assertThat(account.getBalance()).isNull();
            assertThat(account.getDiscount()).isNull();
        });
    }

    @Test
    void aptimyz_accents_and_quotes_are_not_destroyed() throws IOException {
        var read = MappedText.of(APTIMYZ + "a@x.ca,\"L'\"\"Étoile\"\"\",,Zoë,D'Éon,,514 555 0123\n");
        assertThat(read.rows().get(0).getCustomer().getCompanyName()).isEqualTo("L'\"Étoile\"");
        assertThat(read.rows().get(0).getCustomer().getGivenName()).isEqualTo("Zoë");
        assertThat(read.rows().get(0).getProblems()).isEmpty();
    }

    @Test
    void aptimyz_columns_with_other_names_are_told_by_their_position_when_the_layout_is_named() throws IOException {
        String header = "A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y\n";
        var read = MappedText.of(header + "a@x.ca,,,Ann,Roy,,514 555 0123\n", "aptimyz");
        assertThat(read.rows().get(0).getCustomer().getFamilyName()).isEqualTo("Roy");
        assertThat(read.mapping().notes()).contains("G as phone");
    }

    @Test
    void clictill_needs_only_a_family_name() throws IOException {
        var read = MappedText.of("Code client;Nom;Prénom;Mail;Tel fixe;Famille\n1;Roy;;;;\n2;;Ann;a@x.fr;;\n");
        assertThat(read.layout()).isEqualTo("clictill");
        assertThat(read.codes(0)).isEmpty();
        assertThat(read.codes(1)).containsExactly("REQUIRED_MISSING");
        assertThat(missing(read, 1)).isEqualTo("Nom");
    }

    @Test
    void clictill_holds_every_field_of_its_form() throws IOException {
        var read = MappedText.of(
                "Code client;Codes Externes;Type de client;Nom;Société;Fonction;N° TVA;SIRET;Naf;Adresse 1;Adresse 2;Adresse 3;"
                        + "Code Postal;Ville;Mail;Mobile;Tel fixe;Acceptation mail;Date acceptation mail;Redemander en caisse;"
                        + "Actif;Statut;Famille;Informations client;Code Tarif;Zone de Taxe;Pris en compte dans la promotion;"
                        + "Vente Export;N° Carte de fidélité;Nombre de points;Seuil de déclenchement;A atteindre avant le;"
                        + "Nom Carte;Date d'expiration;Champ cible 1\n"
                        + "12;WEB:77;Professionnel;Roy;ACME;Gérant;FR1;1;62.01Z;1 rue A;B;C;75001;Paris;a@x.fr;0612345678;"
                        + "0123456789;Oui;05/06/2024;Mail, Mobile;Oui;VIP;Bois;Note;T1;Z1;Oui;Non;CARTE1;20;100;31/12/2026;"
                        + "Gold;01/02/2027;jardin\n");
        CustomerSubmission row = read.rows().get(0);
        SubmittedCustomer customer = row.getCustomer();
        assertThat(row.getSourceCustomerId()).isEqualTo("12");
        assertThat(customer.getExternalIds()).singleElement().satisfies(id -> {
            assertThat(id.getSystem()).isEqualTo("web");
            assertThat(id.getValue()).isEqualTo("77");
        });
        assertThat(customer.getConsents()).singleElement().satisfies(consent -> {
            assertThat(consent.getChannel()).isEqualTo(ConsentChannel.EMAIL);
            assertThat(consent.getDecidedAt()).isEqualTo(Instant.parse("2024-06-05T00:00:00Z"));
        });
        assertThat(customer.getReverify()).containsExactly("Mail", "Mobile");
        assertThat(customer.getCommerce().getStatus()).isEqualTo("VIP");
        assertThat(customer.getCommerce().getFamily()).isEqualTo("Bois");
        assertThat(customer.getCommerce().getPriceCode()).isEqualTo("T1");
        assertThat(customer.getLoyalty().getThreshold()).isEqualTo("100");
        assertThat(customer.getLoyalty().getReachBy()).isEqualTo("2026-12-31");
        assertThat(customer.getLoyalty().getSubscriptionExpiry()).isEqualTo("2027-02-01");
        assertThat(customer.getAttributes()).containsOnlyKeys("Actif", "Champ cible 1");
    }

    @Test
    void clictill_asks_for_a_family_name_only_where_there_is_a_column_for_it() throws IOException {
        var read = MappedText.of("Code client;Codes Externes;Société;Mail\n1;WEB:7;ACME;a@x.fr\n");
        assertThat(read.layout()).isEqualTo("clictill");
        assertThat(read.codes(0)).isEmpty();
    }

    @Test
    void a_lesser_column_holds_the_field_where_the_better_one_is_blank() throws IOException {
        var read = MappedText.of(
                "First Name,Email,Accepts Email Marketing,Address1,Province,Province Code,Country,Country Code\n"
                        + "Ann,a@x.ca,no,1 Rue A,Quebec,QC,Canada,CA\nBob,b@x.ca,no,2 Rue B,Ontario,,Canada,\n");
        assertThat(read.layout()).isEqualTo("shopify");
        assertThat(read.rows())
                .extracting(row -> row.getCustomer().getAddresses().get(0))
                .extracting(address -> address.getRegion() + " " + address.getCountry())
                .containsExactly("QC CA", "Ontario Canada");
        assertThat(read.rows().get(0).getCustomer().getAttributes()).containsOnlyKeys("Province", "Country");
        assertThat(read.rows().get(1).getCustomer().getAttributes()).isEmpty();
    }

    @Test
    void p59_a_lesser_column_of_ids_makes_no_id_of_a_card_number_and_so_no_one_record_of_several_people()
            throws IOException {
        var read = MappedText.of("ID client,Actif O/N,Customer ID,Prénom,Courriel\n,O,4111111111111111,Ann,a@x.ca\n"
                + ",O,5555555555554444,Bob,b@x.ca\n,O,7,Cyd,c@x.ca\n");
        assertThat(read.rows())
                .extracting(CustomerSubmission::getSourceCustomerId)
                .containsExactly(null, null, "7");
        assertThat(read.codes(0)).containsExactly("CARD_NUMBER_REMOVED");
    }

    @Test
    void what_a_field_cannot_hold_whole_is_kept_as_it_was_written() throws IOException {
        var read = MappedText.of(
                "Name,First name,Last name,Loyalty points\n\"Roy, Ann\",Ann,Roy,12.5\nBob Lee,Bob,Lee,12\n");
        assertThat(read.rows().get(0).getCustomer().getAttributes())
                .containsEntry("Name", "Roy, Ann")
                .containsEntry("Loyalty points", "12.5");
        assertThat(read.rows().get(1).getCustomer().getAttributes()).isEmpty();
    }

    @Test
    void a_date_of_consent_without_an_answer_says_nothing_and_is_kept() throws IOException {
        var read = MappedText.of(
                "Code client;Nom;Mail;Tel fixe;Acceptation mail;Date acceptation mail\n1;Roy;a@x.fr;;;05/06/2024\n");
        SubmittedCustomer customer = read.rows().get(0).getCustomer();
        assertThat(customer.getConsents()).isEmpty();
        assertThat(customer.getAttributes()).containsEntry("Date acceptation mail", "2024-06-05T00:00:00Z");
    }

    @Test
    void square_reads_its_three_notations_of_a_birthday_and_its_three_answers() throws IOException {
        var read = MappedText.of("Reference ID,First Name,Email Address,Birthday,Email Subscription Status\n"
                + "1,A,a@x.ca,1980-05-31,Subscribed\n2,B,b@x.ca,05-31-1980,Unsubscribed\n3,C,c@x.ca,05-31,Unknown\n");
        assertThat(read.layout()).isEqualTo("square");
        assertThat(read.rows())
                .extracting(row -> row.getCustomer().getBirthDate())
                .containsExactly("1980-05-31", "1980-05-31", "--05-31");
        assertThat(read.rows())
                .extracting(row -> row.getCustomer().getConsents().get(0).getStatus())
                .containsExactly(ConsentStatus.GRANTED, ConsentStatus.DENIED, ConsentStatus.UNKNOWN);
    }

    @Test
    void lightspeed_flags_are_refusals_and_their_absence_is_no_consent() throws IOException {
        var read = MappedText.of("customerID,firstName,lastName,Home,Work,Mobile,Primary,noEmail,noPhone,archived\n"
                + "7,Ann,Roy,514 555 0123,514 555 0124,514 555 0125,a@x.ca,true,false,false\n");
        assertThat(read.layout()).isEqualTo("lightspeed");
        CustomerSubmission row = read.rows().get(0);
        assertThat(row.getProblems()).isEmpty();
        assertThat(row.getSourceCustomerId()).isEqualTo("7");
        assertThat(row.getCustomer().getPhones()).hasSize(3);
        assertThat(row.getCustomer().getConsents())
                .extracting(c -> c.getChannel() + " " + c.getStatus())
                .containsExactly("EMAIL DENIED");
    }

    @Test
    void brevo_has_numbers_without_a_plus_and_a_list_of_those_who_said_no() throws IOException {
        var read = MappedText.of(
                "EMAIL;LASTNAME;FIRSTNAME;SMS;EMAIL_BLACKLISTED;SMS_BLACKLISTED;ADDED_TIME;MODIFIED_TIME\n"
                        + "br@x.fr;Durand;Bruno;33611111111;Yes;No;12-04-2022 09:30;13-04-2022 10:00\n");
        CustomerSubmission row = read.rows().get(0);
        assertThat(row.getCustomer().getPhones())
                .extracting(SubmittedPhone::getValue)
                .containsExactly("+33611111111");
        assertThat(row.getCustomer().getConsents())
                .extracting(c -> c.getChannel() + " " + c.getStatus())
                .containsExactly("EMAIL DENIED");
        assertThat(row.getObservedAt()).isEqualTo(Instant.parse("2022-04-13T10:00:00Z"));
    }

    @Test
    void google_has_several_values_in_one_cell_and_several_addresses() throws IOException {
        var read = MappedText.of(
                "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Labels,Address 1 - Label,Address 1 - City,Address 2 - City\n"
                        + "Ann,Roy,a@x.ca ::: b@x.ca,514 555 0123 ::: 514 555 0124,* myContacts ::: VIP,Home,Laval,Paris\n");
        SubmittedCustomer customer = read.rows().get(0).getCustomer();
        assertThat(customer.getEmails()).extracting(SubmittedEmail::getValue).containsExactly("a@x.ca;b@x.ca");
        assertThat(customer.getPhones())
                .extracting(SubmittedPhone::getValue)
                .containsExactly("514 555 0123", "514 555 0124");
        assertThat(customer.getTags()).containsExactly("myContacts", "VIP");
        assertThat(customer.getAddresses()).extracting(a -> a.getCity()).containsExactly("Laval", "Paris");
    }

    @Test
    void mailchimp_dates_are_the_consent_and_its_tags_are_a_list_in_a_cell() throws IOException {
        var read = MappedText.of(
                "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,EUID,TAGS,UNSUB_TIME,CC,REGION\n"
                        + "a@x.ca,Ann,2,2020-02-03 04:05:06,2020-02-03 04:06:00,abc,\"\"\"VIP\"\",\"\"Blog, new\"\"\",,us,ca\n"
                        + "b@x.ca,Bob,2,2020-02-03 04:05:06,2020-02-03 04:06:00,abd,,2021-01-01 00:00:00,,\n");
        assertThat(read.layout()).isEqualTo("mailchimp");
        assertThat(read.rows().get(0).getCustomer().getTags()).containsExactly("VIP", "Blog, new");
        assertThat(read.rows().get(0).getCustomer().getAddresses()).isEmpty();
        assertThat(read.rows())
                .extracting(row -> row.getCustomer().getConsents().get(0).getStatus())
                .containsExactly(ConsentStatus.GRANTED, ConsentStatus.DENIED);
        assertThat(read.rows().get(0).getCustomer().getConsents().get(0).getDecidedAt())
                .isEqualTo(Instant.parse("2020-02-03T04:06:00Z"));
    }

    @Test
    void thunderbird_has_two_towns_under_one_name_and_a_birthday_in_three_columns() throws IOException {
        var read = MappedText.of(
                "Prénom,Nom de famille,Nom à afficher,Adresse électronique principale,Tél. professionnel,Adresse privée,Ville,"
                        + "Code postal,Adresse professionnelle,Ville,Code postal,Année de naissance,Mois,Jour\n"
                        + "Ann,Roy,Ann Roy,a@x.fr,0123456789,1 rue A,Paris,75001,2 rue B,Lyon,69001,1980,5,31\n");
        SubmittedCustomer customer = read.rows().get(0).getCustomer();
        assertThat(customer.getAddresses())
                .extracting(a -> a.getType() + " " + a.getCity() + " " + a.getPostalCode())
                .containsExactly("HOME Paris 75001", "WORK Lyon 69001");
        assertThat(customer.getBirthDate()).isEqualTo("1980-05-31");
        assertThat(MappedText.of("Prénom,Ville,Ville\nAnn,Paris,Lyon\n").refused())
                .isEqualTo("DUPLICATE_HEADER");
    }

    @Test
    void a_header_of_nobody_in_particular_is_guessed_and_the_guesses_are_told() throws IOException {
        var read = MappedText.of("Client - Prénom;Nom du client;customer_phone_no;Pointure\nAnn;Roy;514 555 0123;38\n");
        assertThat(read.rows().get(0).getCustomer().getGivenName()).isEqualTo("Ann");
        assertThat(read.rows().get(0).getCustomer().getPhones()).hasSize(1);
        assertThat(read.mapping().notes())
                .isEqualTo("Read by guess: Client - Prénom as given_name, customer_phone_no as phone. "
                        + "Kept as attributes: Pointure.");
    }

    @Test
    void several_phones_in_one_cell_are_several_phones_and_an_extension_is_none() throws IOException {
        var read = MappedText.of("Nom;Téléphone\nRoy;514-555-0123 / 514-555-0124\nCôté;514-555-0123, poste 12\n");
        assertThat(read.rows().get(0).getCustomer().getPhones()).hasSize(2);
        assertThat(read.rows().get(1).getCustomer().getPhones()).hasSize(1);
    }

    private static String missing(MappedText read, int row) {
        List<String> columns = read.rows().get(row).getProblems().stream()
                .filter(problem -> problem.getSeverity() == Severity.ERROR)
                .map(Problem::getColumn)
                .toList();
        assertThat(columns).hasSize(1);
        return columns.get(0);
    }
}
