package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        String at = DateTimeFormatter.ofPattern("HH:mm")
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

        assertThat(saved.uri().getPath()).isEqualTo(ofAlice(""));
        assertThat(text(saved))
                .contains("Vos informations complémentaires sont enregistrées.", "Merci de me contacter.");
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
    void a_week_weighs_at_most_150_kB_at_the_first_visit() throws Exception {
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
        assertThat(weight).as("bytes of the page and of %s", parts).isBetween(10_000, 150_000);
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
        return page.body()
                .replaceAll("<[^>]+>", " ")
                .replace("&#39;", "'")
                .replaceAll("\\s+", " ")
                .replace(" ,", ",");
    }
}
