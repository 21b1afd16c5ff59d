package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What pages of the space say, in French, without scripts. */
@PeopleHubTest
class PagesSayTest {

    private static final ZoneId REUNION = ZoneId.of("Indian/Reunion");

    @LocalServerPort
    int port;

    private People people;
    private String camille;
    private String place;

    @BeforeEach
    void alice_works_in_la_reunion_and_camille_is_her_delegate() {
        people = new People(port);
        camille = people.email("camille");
        people.accepted(camille);
        people.platform().put(people.of(""), """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["%s"],
                 "name": "CABINET DES FLAMBOYANTS", "line": "1 rue des Flamboyants", "postalCode": "97442", "city": "SAINT PHILIPPE",
                 "phone": "0262371010"}]}""".formatted(people.place));
        place = people.platform().json(people.of("")).at("/places/0/id").asText();
    }

    @Test
    void the_history_names_who_where_and_when_on_the_clock_of_the_place() {
        people.delegate(camille)
                .put(people.of("/agenda/places/" + place + "/information"), "{\"text\": \"Merci de me contacter.\"}");
        JsonNode kept = people.practitioner().json(people.of("/history")).at("/changes/0");
        String at = DateTimeFormatter.ofPattern("HH'h'mm")
                .format(Instant.parse(kept.path("at").asText()).atZone(REUNION));

        String history = text(alice().open(ofAlice("/historique")));

        assertThat(history)
                .contains("Informations complémentaires 1 rue des Flamboyants 97442 SAINT PHILIPPE")
                .contains("à " + at + " par Camille MARTIN (SAS - Délégataire)")
                .contains("Indian/Reunion")
                .contains("Camille MARTIN (" + camille + ")");
    }

    @Test
    void the_regulation_page_tells_places_by_name_whom_to_call_and_how_many_patients_may_still_come() {
        String cpts = people.centre.replaceFirst("^1751", "1754");
        people.platform().put("/api/v1/facilities/" + cpts, """
                {"name": "CPTS du Sud", "kind": "cpts", "phone": "0262000102", "postalCode": "97442", "city": "SAINT PHILIPPE"}""");
        people.practitioner().put(people.of("/settings"), """
                {"participates": true, "participatesThrough": "cpts", "structure": "%s", "usesBookingSoftware": false,
                 "declaresTwoHours": true}""".formatted(cpts));
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "12:00", "patients": 3, "kind": "range", "modes": ["AMB"]}""".formatted(
                        place, LocalDate.now(REUNION).plusDays(1)));

        assertThat(text(alice().open(ofAlice("/regulation"))))
                .contains("CABINET DES FLAMBOYANTS", "1 rue des Flamboyants 97442 SAINT PHILIPPE")
                .contains("CPTS du Sud", "02 62 00 01 02")
                .contains("3 patients peuvent encore être adressés");
    }

    @Test
    void the_regulation_page_says_that_what_has_begun_is_not_found() {
        LocalDate today = LocalDate.now(REUNION);
        ranges(today.minusDays(1), "12:00", "11:59"); // taken as long as it lasts
        ranges(today, "11:00", "10:00");

        assertThat(text(alice().open(ofAlice("/regulation"))))
                .contains("Commencé : une recherche ne trouve que ce qui commence plus tard.")
                .doesNotContain(
                        "Rien de ce qui est connu de vos disponibilités des trois prochains jours n'est masqué.");
    }

    private void ranges(LocalDate date, String start, String endOnTheNextDay) {
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "%s", "end": "%s", "endsNextDay": true, "patients": 3, "kind": "range",
                 "modes": ["AMB"]}""".formatted(place, date, start, endOnTheNextDay));
    }

    @Test
    void words_of_the_regulation_page_have_no_blank_before_their_commas() {
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB", "VR"]}""".formatted(
                        place, LocalDate.now(REUNION).plusDays(1)));

        assertThat(alice().open(ofAlice("/regulation"))
                        .body()
                        .replaceAll("<[^>]+>", "")
                        .replaceAll("[\\s\\h]+", " "))
                .contains("Consultation en cabinet, Téléconsultation")
                .doesNotContain(" ,");
    }

    @Test
    void a_place_where_nobody_is_now_is_not_among_those_that_the_regulation_finds() {
        people.platform().put(people.of(""), """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [
                 {"structures": ["%s"], "line": "1 rue des Flamboyants", "postalCode": "97442", "city": "SAINT PHILIPPE"},
                 {"structures": ["%s"], "line": "2 rue du Volcan", "postalCode": "97442", "city": "SAINT PHILIPPE"}]}""".formatted(people.place, people.place.replaceFirst("^1752", "1753")));
        people.practitioner().put(people.of("/settings"), """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false, "declaresTwoHours": true}""");
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(
                        place, LocalDate.now(REUNION).plusDays(1)));
        PageReader alice = alice();
        assertThat(text(alice.open(ofAlice("/regulation"))))
                .contains("1 rue des Flamboyants", "2 rue du Volcan", "09h00 - 09h15");

        people.practitioner().put(people.of("/agenda/places/" + place + "/unavailability"), "{\"fromNow\": true}");

        assertThat(text(alice.open(ofAlice("/regulation"))))
                .contains("2 rue du Volcan")
                .doesNotContain("1 rue des Flamboyants")
                .containsPattern("Votre agenda SAS 1 créneau : Une indisponibilité est déclarée à cette adresse"
                        + " en ce moment\\. [^0-9]+ \\d+(er)? [^0-9]+ 09h00 - 09h15");
    }

    @Test
    void slots_of_software_are_spoken_of_only_to_those_who_show_any() {
        PageReader alice = alice();
        String counted = "Les créneaux que vos logiciels mettent en visibilité comptent aussi";
        assertThat(text(alice.open(ofAlice("")))).contains(counted);

        people.practitioner().put(people.of("/settings"), "{\"vendorSlotsHidden\": true}");
        assertThat(text(alice.open(ofAlice(""))))
                .contains("Sont comptées les disponibilités de votre agenda SAS")
                .doesNotContain(counted);
        people.practitioner().put(people.of("/settings"), "{\"usesBookingSoftware\": false}");
        assertThat(text(alice.open(ofAlice("")))).doesNotContain(counted);
        assertThat(text(alice.open(ofAlice("/agenda"))))
                .contains("Indisponibilité")
                .doesNotContain("de votre logiciel", "de vos logiciels");
    }

    @Test
    void a_delegate_reads_whose_things_they_are_and_not_that_they_are_their_own() {
        people.practitioner().put(people.of("/settings"), "{\"vendorSlotsHidden\": false}");
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(
                        place, LocalDate.now(REUNION).plusDays(1)));
        PageReader delegate =
                SignInProvider.signIn(port, camille, SignInProvider.address(camille, "Camille", "MARTIN"));

        assertThat(text(delegate.open(ofAlice(""))))
                .contains("Les lieux d'exercice d'Alice DURAND", "Les deux heures par semaine d'Alice DURAND")
                .contains("L'agenda d'Alice DURAND dans votre calendrier")
                .doesNotContain("Vos lieux", "Vos deux heures", "Votre agenda", "Éditer vos");
        assertThat(text(delegate.open(ofAlice("/parametres"))))
                .contains("Les paramètres d'Alice DURAND")
                .doesNotContain("Vos paramètres");
        assertThat(text(delegate.open(ofAlice("/regulation"))))
                .contains("La fiche d'Alice DURAND telle qu'une recherche de la régulation la trouve")
                .doesNotContain("Votre agenda SAS", "votre fiche");
        assertThat(text(alice().open(ofAlice("")))).contains("Vos lieux d'exercice", "Vos deux heures par semaine");
    }

    /** What is a delegate's own: their calendar, and what they do here. */
    private static final Pattern OWN = Pattern.compile("votre calendrier|Votre choix|Votre modification|vos changements"
            + "|Vous pouvez (consulter ces paramètres|saisir jusqu'à)|souhaitez-vous supprimer"
            + "|Dès que vous cochez|si vous (appliquez|ne l'avez plus)");

    @Test
    void no_page_speaks_to_a_delegate_as_if_they_were_the_practitioner() {
        people.practitioner().put(people.of("/settings"), "{\"vendorSlotsHidden\": false}");
        PageReader delegate =
                SignInProvider.signIn(port, camille, SignInProvider.address(camille, "Camille", "MARTIN"));
        String agenda = ofAlice("/agenda");
        List<HttpResponse<String>> pages = new ArrayList<>();
        pages.add(delegate.open(agenda + "/disponibilites/nouvelle"));
        HttpResponse<String> week = delegate.submit(
                agenda + "/disponibilites/nouvelle",
                "lieu",
                place,
                "date",
                LocalDate.now(REUNION).plusDays(1).toString(),
                "debut",
                "09:00",
                "fin",
                "09:15",
                "choix",
                "slot",
                "types",
                "AMB");
        pages.add(week);
        Matcher block = Pattern.compile("href=\"(/espace/[^\"?]+/disponibilites/[0-9a-f-]{36}/[0-9-]{10})")
                .matcher(week.body());
        assertThat(block.find()).as(text(week)).isTrue();
        Stream.of(
                        ofAlice(""),
                        agenda,
                        agenda + "/adresse",
                        block.group(1),
                        block.group(1) + "/suppression",
                        ofAlice("/parametres"),
                        ofAlice("/regulation"),
                        ofAlice("/lieux/" + place + "/indisponibilites"),
                        ofAlice("/lieux/" + place + "/informations"))
                .map(delegate::open)
                .forEach(pages::add);

        assertThat(text(week)).contains("Les créneaux d'Alice DURAND sont désormais visibles");
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.statusCode()).as(page.uri().toString()).isEqualTo(200);
            assertThat(OWN.matcher(main(page)).replaceAll(""))
                    .as(page.uri().toString())
                    .doesNotContainPattern("(?i)(?<!rendez-)\\b(vous|votre|vos|vôtre)\\b");
        });
    }

    /** Without the frame, which speaks to whoever is signed in. */
    private static String main(HttpResponse<String> page) {
        return text(page.body().replaceAll("(?s)^.*?<main[^>]*>|</main>.*$", ""));
    }

    @Test
    void whoever_is_signed_in_is_not_asked_to_sign_in() {
        PageReader alice = alice();

        assertThat(text(alice.open("/connexion")))
                .contains("Vous êtes connecté à votre compte", "Mon espace personnel")
                .doesNotContain("Identifiez-vous", "Pro Santé Connect");
        assertThat(text(alice.open("/")))
                .contains("Vous êtes connecté à votre compte")
                .doesNotContain("Identifiez-vous", "Connectez-vous");
    }

    @Test
    void the_dashboard_says_how_much_was_typed_and_while_nobody_is_there_since_when() {
        for (String hours :
                List.of("\"start\": \"09:00\", \"end\": \"09:15\"", "\"start\": \"10:00\", \"end\": \"12:00\"")) {
            people.practitioner().post(people.of("/agenda/entries"), """
                    {"place": "%s", "date": "%s", %s, "modes": ["AMB"]}""".formatted(
                            place, LocalDate.now(REUNION).plusDays(1), hours));
        }
        PageReader alice = alice();
        assertThat(text(alice.open(ofAlice("")))).contains("2 créneaux saisis").doesNotContain("Indisponible");

        people.practitioner().put(people.of("/agenda/places/" + place + "/unavailability"), "{\"fromNow\": true}");

        assertThat(text(alice.open(ofAlice(""))))
                .contains("Indisponible en ce moment : la régulation ne voit aucun créneau à cette adresse."
                        + " Dès maintenant pour une durée indéterminée")
                .containsPattern("Indisponible 09h00 - 09h15 \\(masqué")
                .contains("Aucun créneau saisi visible (2 masqués ou complets)")
                .doesNotContain("Pas de créneau disponible");
    }

    @Test
    void an_unavailability_without_a_day_says_what_is_missing_and_one_that_is_taken_back_says_so() {
        PageReader alice = alice();
        String away = ofAlice("/lieux/" + place + "/indisponibilites");
        alice.open(away);

        HttpResponse<String> empty = alice.submit(away, "version", "0", "du", "", "au", "");

        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(text(empty))
                .contains("L'indisponibilité n'est pas enregistrée : cochez « Dès maintenant pour une durée"
                        + " indéterminée », ou indiquez le premier et le dernier jour d'une période.");
        assertThat(text(alice.submit(away, "version", "0", "maintenant", "true")))
                .contains("L'indisponibilité est enregistrée.");
        alice.open(away);
        assertThat(text(alice.submit(away, "version", "1", "du", "", "au", "")))
                .contains("L'indisponibilité à cette adresse est terminée");
        assertThat(people.practitioner()
                        .json(people.of("/agenda/places/" + place + "/unavailability"))
                        .path("fromNow")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void the_history_tells_from_which_day_weeks_are_gone() {
        LocalDate first = LocalDate.now(REUNION).plusDays(1);
        String made = people.practitioner()
                .post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"],
                 "weekly": {"days": ["%s"]}}""".formatted(
                                place, first, first.getDayOfWeek().name().toLowerCase(Locale.ROOT)))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        LocalDate third = first.plusWeeks(2);
        PageReader alice = alice();
        String deletion = ofAlice(
                "/agenda/disponibilites/" + made.substring(made.lastIndexOf('/') + 1) + "/" + third + "/suppression");
        alice.open(deletion);
        alice.submit(deletion, "version", "1", "portee", "ALL_WEEKS");

        assertThat(text(alice.open(ofAlice("/historique"))))
                .containsPattern(
                        "toutes les semaines : supprimée [^:]{0,60}à \\d\\dh\\d\\d par vous .{0,60}À compter du : "
                                + DateTimeFormatter.ofPattern("dd/MM/yyyy").format(third));
    }

    @Test
    void what_is_edited_from_the_dashboard_leads_back_to_it() {
        PageReader alice = alice();
        String information = ofAlice("/lieux/" + place + "/informations");
        assertThat(alice.open(ofAlice("")).body())
                .contains("href=\"" + information + "?retour=tableau-de-bord\"")
                .contains("href=\"" + ofAlice("/lieux/" + place + "/indisponibilites") + "?retour=tableau-de-bord\"");
        HttpResponse<String> form = alice.open(information + "?retour=tableau-de-bord");
        assertThat(form.body()).contains("name=\"retour\" value=\"tableau-de-bord\"");

        HttpResponse<String> saved = alice.submit(
                information, "texte", "Merci de me contacter.", "version", "0", "retour", "tableau-de-bord");

        assertThat(saved.uri().getPath()).as("where her own dashboard is").isEqualTo("/espace");
        assertThat(text(saved))
                .contains("Les informations complémentaires sont enregistrées.", "Merci de me contacter.");
    }

    @Test
    void the_account_says_which_terms_were_accepted_and_when() {
        assertThat(text(alice().open("/espace/compte")))
                .containsPattern("Version du \\d+(er)? \\p{L}+ \\d{4}, acceptée le \\d+(er)? \\p{L}+ \\d{4}\\.");
    }

    @Test
    void the_menu_leads_a_manager_to_ask_for_a_delegate_and_a_delegate_to_those_for_whom_they_act() {
        String noa = people.email("noa");
        people.named(noa);
        PageReader manager = SignInProvider.signIn(port, noa, SignInProvider.address(noa, "Noa", "PETIT"));
        assertThat(text(manager.open("/espace"))).contains("Vos délégataires : Demander l'ajout d'un délégataire");

        assertThat(manager.open("/espace/delegataires").uri().getPath())
                .isEqualTo("/espace/structures/" + people.centre + "/delegataires");
        People others = new People(port);
        HttpResponse<String> named = others.accountManager().post(others.ofCentre("/managers"), """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(noa));
        assertThat(named.statusCode()).isEqualTo(201);
        assertThat(manager.open("/espace/delegataires").body())
                .contains("/espace/structures/" + people.centre + "/delegataires")
                .contains("/espace/structures/" + others.centre + "/delegataires");

        PageReader delegate =
                SignInProvider.signIn(port, camille, SignInProvider.address(camille, "Camille", "MARTIN"));
        assertThat(delegate.open("/espace").body()).contains("href=\"/espace/delegations\"");
    }

    @Test
    void the_way_out_of_a_form_stands_before_the_button_that_saves_as_the_guides_have_it() throws IOException {
        Pattern actions = Pattern.compile("(?s)class=\"actions\".*?</(?:p|div)>");
        int forms = 0;
        try (Stream<Path> templates = Files.list(Path.of("src/main/resources/templates/people"))) {
            for (Path template : templates.toList()) {
                for (String both : actions.matcher(Files.readString(template))
                        .results()
                        .map(MatchResult::group)
                        .filter(found -> found.contains("cancel}"))
                        .toList()) {
                    assertThat(both.indexOf("cancel}"))
                            .as(template.toString())
                            .isLessThan(both.indexOf("type=\"submit\""));
                    forms++;
                }
            }
        }
        assertThat(forms).isGreaterThanOrEqualTo(6);
    }

    @Test
    void a_week_weighs_at_most_80_kB_at_the_first_visit() throws Exception {
        PageReader alice = alice();
        people.practitioner().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"],
                 "weekly": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}}""".formatted(
                        place, LocalDate.now(REUNION).plusDays(1)));
        String week = alice.open(ofAlice("/agenda")).body();
        Set<String> parts = Pattern.compile("(?:href|src)=\"(/(?:assets|webjars)/[^\"]+)\"")
                .matcher(week)
                .results()
                .map(part -> part.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        int weight = sent(ofAlice("/agenda"), alice);
        for (String part : parts) {
            weight += sent(part, alice);
        }

        assertThat(parts).hasSizeGreaterThanOrEqualTo(5);
        assertThat(weight).as("bytes of the page and of %s", parts).isBetween(10_000, 80_000);
    }

    /** Bytes on the wire, to a browser that reads gzip. */
    private int sent(String path, PageReader reader) throws Exception {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Accept-Encoding", "gzip")
                                .header("Cookie", "hub-session=" + reader.session())
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body().length;
    }

    private PageReader alice() {
        return SignInProvider.signIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    private String ofAlice(String path) {
        return "/espace/effecteurs/" + people.alice + path;
    }

    private static String text(HttpResponse<String> page) {
        return text(page.body());
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]+>", " ")
                .replace("&#39;", "'")
                .replaceAll("[\\s\\h]+", " ")
                .replace(" ,", ",");
    }
}
