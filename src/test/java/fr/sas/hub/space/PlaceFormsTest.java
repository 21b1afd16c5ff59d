package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is typed of a place: when nobody is there, what the regulation should know, whose agenda it is (guides 002, 003 and 004: PM3 to PM27, FM7 to FM13, HC9 to HC14). */
class PlaceFormsTest extends AgendaForms {

    @Test
    void hours_are_those_of_the_place_and_one_place_can_be_looked_at_alone() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1970000801", "2 rue du Volcan", "97442", "SAINT-PHILIPPE"));
        String island = placeNear("VOLCAN");
        createSlot("lieu", island);

        assertThat(blocks(weekOf(day))).singleElement().asString().contains("08h00 - 08h15", "2 rue du Volcan");
        assertThat(starts(day)).containsExactly(day + "T08:00:00.000+04:00");
        assertThat(blocks(alice.open(agenda + "?semaine=" + IsoWeek.of(day) + "&lieu=" + placeNear("LILAS"))))
                .isEmpty();
        assertThat(text(weekOf(day).body())).contains("Tous vos lieux", "Indian/Reunion");
    }

    @Test
    void while_all_places_are_shown_unavailability_and_information_are_reached_for_each() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1750000802", "2 rue des Roses", "75012", "PARIS"));

        String week = alice.open(agenda).body();

        for (String street : List.of("LILAS", "ROSES")) {
            String of = "/espace/effecteurs/" + rpps + "/lieux/" + placeNear(street);
            assertThat(week).contains(of + "/indisponibilites?", of + "/informations?");
        }
        assertThat(text(week)).contains("Programmer une indisponibilité", "Informations complémentaires");
    }

    @Test
    void an_unavailability_hides_what_is_typed_until_its_end_and_the_week_says_so() {
        createSlot();
        HttpResponse<String> form = alice.open(awayPage());
        assertThat(text(form.body()))
                .contains("PÉRIODE D'INDISPONIBILITÉ", "Vous êtes indisponible")
                .contains("Dès maintenant pour une durée indéterminée")
                .contains("vous n'apparaîtrez plus dans les résultats de recherche");

        HttpResponse<String> week =
                alice.submit(awayPage(), "version", version(form), "du", day.toString(), "au", day.toString());

        assertThat(text(week.body())).contains("L'indisponibilité est enregistrée.");
        assertThat(blocks(weekOf(day)))
                .anyMatch(block -> block.contains("Indisponible toute la journée"))
                .anyMatch(block -> block.contains("08h00 - 08h15") && block.contains("masqué : indisponibilité"));
        assertThat(found(day)).isEmpty();
        form = alice.open(awayPage());
        assertThat(form.body()).contains("value=\"" + day + "\"");
        alice.submit(awayPage(), "version", version(form), "du", "", "au", "");
        assertThat(found(day)).containsExactly("08:00");
    }

    @Test
    void what_is_saved_while_nobody_is_there_is_never_called_visible() {
        String form = version(alice.open(awayPage()));
        alice.submit(awayPage(), "version", form, "maintenant", "true");

        HttpResponse<String> made = createSlot();

        assertThat(found(day)).isEmpty();
        assertThat(text(made.body()))
                .contains(
                        "enregistrés, mais masqués à la régulation pendant l'indisponibilité déclarée à cette adresse.")
                .doesNotContain("désormais visibles");
        String saved = address(made, day);
        HttpResponse<String> changed = alice.submit(
                saved,
                "version",
                version(alice.open(saved)),
                "lieu",
                place(),
                "date",
                day.toString(),
                "debut",
                "09:00",
                "fin",
                "09:15",
                "choix",
                "slot",
                "types",
                "AMB");
        assertThat(text(changed.body()))
                .contains("masquée à la régulation pendant l'indisponibilité déclarée à cette adresse.")
                .doesNotContain("prise en compte par la régulation");
    }

    @Test
    void up_to_three_periods_are_typed_one_more_at_a_time() {
        HttpResponse<String> form = alice.open(awayPage());
        String[] two = {
            "version",
            version(form),
            "du",
            day.toString(),
            "au",
            day.toString(),
            "du",
            day.plusDays(9).toString(),
            "au",
            ""
        };

        HttpResponse<String> more = alice.submit(awayPage(), with(two, "ajouter", "1"));
        assertThat(Pattern.compile("name=\"du\"").matcher(more.body()).results())
                .hasSize(3);
        assertThat(text(more.body())).doesNotContain("+ Ajouter une autre période");
        HttpResponse<String> fewer = alice.submit(awayPage(), with(two, "supprimer", "0"));
        assertThat(fewer.body()).contains("value=\"" + day.plusDays(9) + "\"").doesNotContain("value=\"" + day + "\"");
        HttpResponse<String> refused = alice.submit(awayPage(), two);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(refused.body())).contains("Indiquez le dernier jour de cette période.");
        assertThat(refused.body()).contains("aria-describedby=\"au1-fault\"");
    }

    @Test
    void another_period_is_added_once_the_first_is_filled_in_and_the_page_says_so() {
        String form = version(alice.open(awayPage()));

        HttpResponse<String> told = alice.submit(awayPage(), "version", form, "du", "", "au", "", "ajouter", "1");

        assertThat(text(told.body())).contains("Indiquez d'abord le premier et le dernier jour de la période");
        assertThat(Pattern.compile("name=\"du\"").matcher(told.body()).results())
                .hasSize(1);
    }

    @Test
    void with_several_places_blocks_tell_of_theirs_by_the_number_that_it_has_above() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1750000802", "2 rue des Roses", "37000", "TOURS"));
        createSlot("lieu", placeNear("ROSES"));

        HttpResponse<String> week = weekOf(day);
        String mark = first("<b class=\"mark\"[^>]*>(\\d)</b> <span>2 rue des Roses", week.body());

        assertThat(blocks(week)).singleElement().asString().startsWith(" " + mark + " 08h00 - 08h15");
    }

    @Test
    void of_two_people_who_say_when_nobody_is_there_the_second_is_told() {
        HttpResponse<String> form = alice.open(awayPage());
        String[] read = {"version", version(form)};
        alice.submit(awayPage(), with(read, "maintenant", "true"));

        alice.open(awayPage());
        HttpResponse<String> told = alice.submit(awayPage(), with(read, "du", day.toString(), "au", day.toString()));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body())).contains("a été modifiée entre-temps", "Rien n'a été perdu");
        assertThat(told.body()).contains("value=\"" + day + "\"");
    }

    @Test
    void additional_information_is_a_thousand_characters_that_the_regulation_reads() {
        createSlot();
        String page = "/espace/effecteurs/" + rpps + "/lieux/" + place() + "/informations";
        HttpResponse<String> form = alice.open(page);
        assertThat(form.body())
                .contains("Ajout d&#39;informations complémentaires à destination de la régulation médicale");

        HttpResponse<String> refused = alice.submit(page, "version", version(form), "texte", "a".repeat(1001));
        assertThat(text(refused.body())).contains("Le texte a 1001 caractères").contains("a".repeat(1001));
        HttpResponse<String> week =
                alice.submit(page, "version", version(form), "texte", "Merci de me contacter pour prendre RDV.");

        assertThat(text(week.body())).contains("Les informations complémentaires sont enregistrées.");
        assertThat(HubClient.at(port)
                        .get(HubClient.slotsOf(day.atStartOfDay(PARIS).toInstant(), rpps))
                        .body())
                .contains("Merci de me contacter pour prendre RDV.");
    }

    @Test
    void a_calendar_reads_the_agenda_at_an_address_that_is_shown_once_and_can_be_revoked() {
        createSlot();
        assertThat(text(alice.open(agenda + "/adresse").body())).contains("Aucune adresse n'est en service.");

        HttpResponse<String> made = alice.submit(agenda + "/adresse");
        String address = first("(/calendar/[^<\"]+\\.ics)", made.body());

        assertThat(made.body()).contains("href=\"webcal://localhost:" + port + address);
        assertThat(alice.open(address).body()).contains("BEGIN:VEVENT");
        assertThat(alice.open(agenda + "/adresse").body())
                .contains("Une adresse est en service depuis le")
                .doesNotContain(address);
        assertThat(text(alice.submit(agenda + "/adresse/revocation").body())).contains("L'adresse est révoquée");
        assertThat(alice.open(address).statusCode()).isEqualTo(404);
    }

    @Test
    void a_manager_types_for_their_centre_and_reads_the_notice_on_avenant_4() {
        String centre = "17500008" + String.format("%02d", PEOPLE.incrementAndGet() % 100);
        portal.put("/api/v1/facilities/" + centre, """
                {"name": "CENTRE DE SANTÉ", "kind": "cds", "line": "9 rue des Lilas", "postalCode": "75011", "city": "PARIS"}""");
        String email = "gestion." + centre + "@exemple.fr";
        portal.post(
                "/api/v1/facilities/" + centre + "/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Carole\"}");
        alice = SignInProvider.signIn(port, email, SignInProvider.address(email, "Carole", "MARTIN"));
        agenda = "/espace/structures/" + centre + "/agenda";

        HttpResponse<String> form = alice.open(agenda + "/disponibilites/nouvelle");
        assertThat(text(form.body()))
                .contains("Je peux recevoir un patient sur ce créneau de disponibilité.")
                .contains("Je peux recevoir X patients sur cette plage horaire");
        HttpResponse<String> week = alice.submit(
                form.uri().getPath(),
                "lieu",
                centre,
                "date",
                day.toString(),
                "debut",
                "17:00",
                "fin",
                "19:00",
                "choix",
                "range",
                "patients",
                "4",
                "types",
                "AMB");

        assertThat(blocks(week)).singleElement().asString().contains("17h00 - 19h00", "4 places sur 4");
        assertThat(text(week.body())).contains("la rémunération SAS prévue par l'avenant n°4");
    }

    @Test
    void nobody_opens_the_agenda_of_somebody_else() {
        knows("810000069999", place("1750000801", "1 rue des Lilas", "75011", "PARIS"));

        assertThat(alice.open("/espace/effecteurs/810000069999/agenda").statusCode())
                .isEqualTo(404);
        assertThat(alice.open("/espace/effecteurs/810000069999/agenda/disponibilites/nouvelle")
                        .statusCode())
                .isEqualTo(404);
    }

    private String awayPage() {
        return "/espace/effecteurs/" + rpps + "/lieux/" + place() + "/indisponibilites";
    }

    private String placeNear(String street) {
        return StreamSupport.stream(
                        portal.json("/api/v1/practitioners/" + rpps)
                                .path("places")
                                .spliterator(),
                        false)
                .filter(place ->
                        place.path("line").asText().toUpperCase(Locale.ROOT).contains(street))
                .map(place -> place.path("id").asText())
                .findFirst()
                .orElseThrow();
    }
}
