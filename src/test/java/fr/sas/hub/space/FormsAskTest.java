package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What forms insist on being told, what they take as said already, and where one is afterwards. */
class FormsAskTest extends PeopleHub {

    private final LocalDate day = LocalDate.now(Walker.PARIS).plusDays(8);
    private People people;
    private String space;
    private String settings;

    @BeforeEach
    void a_practitioner_whom_no_other_test_knows() {
        people = new People(port);
        space = "/espace/effecteurs/" + people.alice;
        settings = space + "/parametres";
    }

    private PageReader alice() {
        return practitioner(people.alice, people.email("alice"));
    }

    @Test
    void ps8_whether_software_is_used_is_asked_of_whoever_does_not_take_part_too() {
        PageReader alice = alice();
        alice.open(settings);

        HttpResponse<String> refused = alice.submit(settings, "version", "0", "reorientation", "true");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("id=\"software-fault\">Indiquez si vous utilisez une solution de prise de rendez-vous.<");
        assertThat(people.practitioner()
                        .json(people.of("/settings"))
                        .path("emergencyReorientation")
                        .asBoolean())
                .isFalse();
        assertThat(people.practitioner()
                        .put(people.of("/settings"), "{\"emergencyReorientation\": true}")
                        .statusCode())
                .as("the API leaves it open")
                .isEqualTo(200);
    }

    @Test
    void ps14_through_SOS_it_is_not_asked() {
        String sos = people.centre.replaceFirst("^1751", "1755");
        people.platform().put("/api/v1/facilities/" + sos, "{\"name\": \"SOS Médecins\", \"kind\": \"sos\"}");
        PageReader alice = alice();
        alice.open(settings);

        assertThat(text(alice.submit(
                        settings, "version", "0", "participates", "true", "through", "sos", "structure", sos)))
                .contains("Vos paramètres sont enregistrés");
    }

    @Test
    void whoever_uses_no_software_may_refuse_a_vendors_slots_all_the_same() {
        PageReader alice = alice();
        alice.open(settings);

        alice.submit(settings, "version", "0", "software", "non", "hidden", "true");
        assertThat(refusesVendorSlots()).isTrue();

        String version = hidden(alice.open(settings), "version");
        alice.submit(settings, "version", version, "software", "non");
        assertThat(refusesVendorSlots()).isFalse();
    }

    @Test
    void whoever_saves_their_own_settings_is_where_they_arrive() {
        PageReader alice = alice();
        assertThat(alice.open(settings).body()).contains("<a class=\"button second\" href=\"/espace\">Annuler</a>");

        HttpResponse<String> saved = alice.submit(settings, "version", "0", "software", "non");

        assertThat(saved.uri().getPath()).isEqualTo("/espace");
        assertThat(text(saved)).contains("Bonjour Alice DURAND", "Vos paramètres sont enregistrés");
        HttpResponse<String> again = alice.submit(settings, "version", "0", "software", "non");
        assertThat(again.uri().getPath()).as("sent twice").isEqualTo("/espace");
        assertThat(text(again)).contains("Vos paramètres sont enregistrés");
    }

    @Test
    void whoever_says_when_they_are_away_on_the_dashboard_is_there_again() {
        PageReader alice = alice();
        String away = alice.open("/espace/effecteurs/" + people.alice)
                .body()
                .replaceAll("(?s).*href=\"([^\"]+/indisponibilites)[^\"]*\".*", "$1");
        alice.open(away + "?retour=tableau-de-bord");

        HttpResponse<String> saved = alice.submit(
                away, "retour", "tableau-de-bord", "version", "0", "du", day.toString(), "au", day.toString());

        assertThat(saved.uri().getPath()).isEqualTo("/espace");
        assertThat(text(saved)).contains("L'indisponibilité est enregistrée.");
    }

    @Test
    void an_account_without_any_role_is_not_made_and_none_loses_the_only_one() {
        PageReader sacha = signIn(people.email("comptes"), "Sacha", "BLANC");
        String[] rene = {"family", "GARNIER", "given", "René", "email", people.email("rene")};
        sacha.open("/espace/comptes/nouveau");

        HttpResponse<String> refused = sacha.submit("/espace/comptes/nouveau", rene);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body().replace("&#39;", "'"))
                .contains("id=\"roles-fault\">Cochez le rôle\u00a0: sans lui, ce compte ne donnerait accès à rien.<");
        String made = sacha.submit("/espace/comptes/nouveau", with(rene, "regulator", "true"))
                .uri()
                .getPath();
        HttpResponse<String> loses = sacha.submit(made, with(rene, "revision", "1", "territories", "75"));
        assertThat(loses.statusCode()).isEqualTo(422);
        assertThat(loses.body()).contains("id=\"roles-fault\"");
    }

    @Test
    void a_change_of_an_account_sent_twice_is_made_once_and_said_twice() {
        PageReader sacha = signIn(people.email("comptes"), "Sacha", "BLANC");
        sacha.open("/espace/comptes/nouveau");
        String account = sacha.submit(
                        "/espace/comptes/nouveau",
                        "family",
                        "GARNIER",
                        "given",
                        "René",
                        "email",
                        people.email("rene"),
                        "regulator",
                        "true")
                .uri()
                .getPath();
        String[] change = {
            "family",
            "GARNIER",
            "given",
            "René",
            "email",
            people.email("renaud"),
            "regulator",
            "true",
            "territories",
            "75",
            "revision",
            "1",
            "adresse",
            people.email("rene")
        };

        HttpResponse<String> first = sacha.submit(account, change);
        HttpResponse<String> second = sacha.submit(account, change);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(text(second))
                .contains("L'adresse est modifiée ; le mail de bienvenue est envoyé à la nouvelle adresse.");
        assertThat(text(second)).isEqualTo(text(first));
        assertThat(mailsTo(people.email("renaud"), 1)).hasSize(1);
    }

    @Test
    void a_character_that_nobody_sees_is_named_and_not_taken_for_a_second_line() {
        PageReader sacha = signIn(people.email("comptes"), "Sacha", "BLANC");
        sacha.open("/espace/comptes/nouveau");

        HttpResponse<String> refused = sacha.submit(
                "/espace/comptes/nouveau",
                "family",
                "GAR\u0000NIER",
                "given",
                "Re\nné",
                "email",
                people.email("rene"),
                "territories",
                "7\u200B5",
                "regulator",
                "true");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .containsPattern("id=\"family-fault\">Ce texte contient un caractère invisible \\(U\\+0000\\)")
                .containsPattern("id=\"given-fault\">Ce champ doit tenir sur une ligne\\.")
                .containsPattern("id=\"territories-fault\">Ce texte contient un caractère invisible \\(U\\+200B\\)");
    }

    @Test
    void am2_the_first_page_of_an_account_manager_says_how_many_requests_wait() {
        PageReader sacha = signIn(people.email("solene"), people);
        assertThat(text(sacha.open("/espace"))).doesNotContain("en attente");

        String far = new People(port).alice;
        people.platform().put("/api/v1/practitioners/" + far, """
                {"family": "LEROY", "profession": "10", "places": [{"postalCode": "20600", "city": "BASTIA"}]}""");
        for (int request = 1; request <= 2; request++) {
            people.practitioner(far)
                    .post(
                            "/api/v1/practitioners/" + far + "/delegations",
                            People.delegate(people.email("delegue" + request), "Bastia"));
            assertThat(sacha.open("/espace").body())
                    .contains("<a href=\"/espace/demandes\">" + (request == 1 ? "1 demande" : "2 demandes")
                            + " de délégation en attente</a>");
        }
    }

    /** An account manager of Haute-Corse, where no other test asks for anything. */
    private PageReader signIn(String email, People by) {
        by.accountManagerOf(email.replaceFirst("\\d+@.*", ""), "2B");
        return signIn(email, "Solène", "ROUX");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20:00", "01:45"})
    void pm6_so_many_hours_for_one_patient_are_asked_about_and_taken_once_confirmed(String end) {
        PageReader alice = alice();
        String agenda = space + "/agenda";
        HttpResponse<String> form = alice.open(agenda + "/disponibilites/nouvelle?date=" + day + "&debut=08:00");
        String[] hours = {
            "lieu",
            hidden(form, "lieu"),
            "date",
            day.toString(),
            "debut",
            "08:00",
            "fin",
            end,
            "choix",
            "slot",
            "types",
            "AMB",
            "lendemain",
            "08:00-01:45"
        };

        HttpResponse<String> asked = alice.submit(agenda + "/disponibilites/nouvelle", hours);

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(text(asked))
                .contains("Êtes-vous sûr ? Ce créneau est long pour un seul patient")
                .contains("Oui, je reçois un seul patient de 08h00 à " + end.replace(':', 'h'));
        assertThat(text(alice.submit(agenda + "/disponibilites/nouvelle", Arrays.copyOf(hours, 10))))
                .as("with all else that is wrong")
                .contains("Êtes-vous sûr ?", "Choisissez au moins un type de consultation");
        assertThat(entries()).isZero();
        HttpResponse<String> week =
                alice.submit(agenda + "/disponibilites/nouvelle", with(hours, "certain", "08:00-" + end));
        assertThat(text(week)).contains("Vos créneaux sont désormais visibles", "1 patient");
        assertThat(entries()).isEqualTo(1);
        String edit = week.body().replaceAll("(?s).*<a class=\"open\"[^>]* href=\"([^\"]+)\".*", "$1");
        assertThat(alice.open(edit).body())
                .as("not asked again about what stands there")
                .contains("name=\"certain\" value=\"08:00-" + end + "\" checked");
    }

    @Test
    void pm6_half_a_day_for_one_patient_and_a_day_for_several_are_not_asked_about() {
        PageReader alice = alice();
        String form = space + "/agenda/disponibilites/nouvelle";
        String place = hidden(alice.open(form), "lieu");
        String[] common = {"lieu", place, "date", day.toString(), "debut", "08:00", "types", "AMB"};

        assertThat(alice.submit(form, with(common, "fin", "12:00", "choix", "slot"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(alice.submit(form, with(common, "fin", "20:00", "choix", "range", "patients", "9"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void pm5_the_day_that_is_shown_is_proposed_unless_it_is_past() {
        PageReader alice = alice();
        String form = space + "/agenda/disponibilites/nouvelle?jour=";

        assertThat(alice.open(form + day).body()).containsPattern("name=\"date\"[^>]* value=\"" + day + "\"");
        assertThat(alice.open(form + day.minusDays(30)).body()).doesNotContain("value=\"" + day.minusDays(30) + "\"");
    }

    @Test
    void pm4_the_agenda_of_one_place_of_several_names_it() {
        people.platform().put(people.of(""), """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [
                 {"structures": ["%s"], "line": "1 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"},
                 {"structures": ["%s"], "line": "2 rue du Volcan", "postalCode": "97442", "city": "SAINT PHILIPPE"}]}""".formatted(people.place, people.place.replaceFirst("^1752", "1753")));
        String second = people.platform().json(people.of("")).at("/places/1/id").asText();
        PageReader alice = alice();

        assertThat(alice.open(space + "/agenda?lieu=" + second).body())
                .containsPattern(
                        "(?s)<h1>.*<span class=\"for-whom\">Alice DURAND, 2 rue du Volcan 97442 SAINT PHILIPPE<")
                .containsPattern("<title>[^<]*2 rue du Volcan");
        assertThat(alice.open(space + "/agenda").body()).contains("<span class=\"for-whom\">Alice DURAND</span>");
    }

    @Test
    void the_history_counts_patients_of_a_range_and_not_of_a_slot() {
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(people.place, day));
        PageReader alice = alice();
        assertThat(text(alice.open(space + "/historique")))
                .contains("09h00 - 09h15 : ajoutée")
                .doesNotContain("Patients :");

        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "11:00", "patients": 3, "modes": ["AMB"]}""".formatted(people.place, day));

        assertThat(text(alice.open(space + "/historique"))).contains("Patients : 3");
    }

    private boolean refusesVendorSlots() {
        return people.practitioner()
                .json(people.of("/settings"))
                .path("vendorSlotsHidden")
                .asBoolean();
    }

    private int entries() {
        return people.practitioner()
                .json(people.of("/agenda/entries"))
                .path("entries")
                .size();
    }

    private static String hidden(HttpResponse<String> page, String name) {
        return page.body().replaceAll("(?s).*<input type=\"hidden\" name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Arrays.stream(fields), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String text(HttpResponse<String> page) {
        return page.body().replaceAll("<[^>]+>", " ").replace("&#39;", "'").replaceAll("[\\s\\h]+", " ");
    }
}
