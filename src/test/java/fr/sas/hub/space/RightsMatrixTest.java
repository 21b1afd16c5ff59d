package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.Visit;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every kind of person ({@link Everybody}) at every page of the personal space, as the application itself lists them: a new one
 * breaks this until somebody writes here whom it is for. Whoever is not let in finds nothing (404); where nobody signed in they
 * are led to the sign-in.
 */
class RightsMatrixTest extends RightsMatrix {

    private static final String OF_WHO_SIGNED_IN = """
            GET /espace PDMFAROX
            GET /espace/compte PDMFAROX
            GET /espace/delegataires PDMFAROX
            GET /espace/delegations PDMFAROX
            POST /espace/profil PDMFAROX
            GET /espace/comptes A
            GET /espace/comptes/nouveau A
            POST /espace/comptes/nouveau A
            GET /espace/comptes/{account} A
            POST /espace/comptes/{account} A
            POST /espace/comptes/{account}/fermeture A
            POST /espace/comptes/{account}/mail-de-bienvenue A
            POST /espace/comptes/{account}/reouverture A
            GET /espace/demandes A
            GET /espace/structures A
            """;

    private static final String OF_A_PRACTITIONER = """
            GET /espace/effecteurs/{practitioner} PD
            GET /espace/effecteurs/{practitioner}/agenda PD
            GET /espace/effecteurs/{practitioner}/agenda/adresse PD
            POST /espace/effecteurs/{practitioner}/agenda/adresse PD
            POST /espace/effecteurs/{practitioner}/agenda/adresse/revocation PD
            GET /espace/effecteurs/{practitioner}/agenda/disponibilites/nouvelle PD
            POST /espace/effecteurs/{practitioner}/agenda/disponibilites/nouvelle PD
            GET /espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date} PD
            POST /espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date} PD
            GET /espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date}/suppression PD
            POST /espace/effecteurs/{practitioner}/agenda/disponibilites/{entry}/{date}/suppression PD
            POST /espace/effecteurs/{practitioner}/agenda/suppressions/{deletion}/annulation PD
            GET /espace/effecteurs/{practitioner}/delegataires PA
            GET /espace/effecteurs/{practitioner}/delegataires/demande PA
            POST /espace/effecteurs/{practitioner}/delegataires/demande PA
            GET /espace/effecteurs/{practitioner}/delegataires/demande-envoyee PA
            POST /espace/effecteurs/{practitioner}/delegataires/{delegation}/revocation PA
            GET /espace/effecteurs/{practitioner}/demandes/{delegation} A
            POST /espace/effecteurs/{practitioner}/demandes/{delegation} A
            GET /espace/effecteurs/{practitioner}/historique P
            GET /espace/effecteurs/{practitioner}/lieux/{place}/indisponibilites PD
            POST /espace/effecteurs/{practitioner}/lieux/{place}/indisponibilites PD
            GET /espace/effecteurs/{practitioner}/lieux/{place}/informations PD
            POST /espace/effecteurs/{practitioner}/lieux/{place}/informations PD
            GET /espace/effecteurs/{practitioner}/parametres PD
            POST /espace/effecteurs/{practitioner}/parametres P
            GET /espace/effecteurs/{practitioner}/parametres/structures PD
            GET /espace/effecteurs/{practitioner}/regulation PD
            """;

    private static final String OF_A_STRUCTURE = """
            GET /espace/structures/{facility} DM/F
            GET /espace/structures/{facility}/agenda DM/-
            GET /espace/structures/{facility}/agenda/adresse DM/F
            POST /espace/structures/{facility}/agenda/adresse DM/-
            POST /espace/structures/{facility}/agenda/adresse/revocation DM/-
            GET /espace/structures/{facility}/agenda/disponibilites/nouvelle DM/-
            POST /espace/structures/{facility}/agenda/disponibilites/nouvelle DM/-
            GET /espace/structures/{facility}/agenda/disponibilites/{entry}/{date} DM/-
            POST /espace/structures/{facility}/agenda/disponibilites/{entry}/{date} DM/-
            GET /espace/structures/{facility}/agenda/disponibilites/{entry}/{date}/suppression DM/-
            POST /espace/structures/{facility}/agenda/disponibilites/{entry}/{date}/suppression DM/F
            POST /espace/structures/{facility}/agenda/suppressions/{deletion}/annulation DM/F
            GET /espace/structures/{facility}/delegataires MA/FA
            GET /espace/structures/{facility}/delegataires/demande MA/FA
            POST /espace/structures/{facility}/delegataires/demande MA/FA
            GET /espace/structures/{facility}/delegataires/demande-envoyee MA/FA
            POST /espace/structures/{facility}/delegataires/{delegation}/revocation MA/FA
            GET /espace/structures/{facility}/demandes/{delegation} A/A
            POST /espace/structures/{facility}/demandes/{delegation} A/A
            GET /espace/structures/{facility}/gestionnaires A/A
            POST /espace/structures/{facility}/gestionnaires A/A
            POST /espace/structures/{facility}/gestionnaires/{manager}/retrait A/A
            GET /espace/structures/{facility}/historique M/F
            GET /espace/structures/{facility}/lieux/{place}/indisponibilites DM/-
            POST /espace/structures/{facility}/lieux/{place}/indisponibilites DM/-
            GET /espace/structures/{facility}/lieux/{place}/informations DM/-
            POST /espace/structures/{facility}/lieux/{place}/informations DM/-
            GET /espace/structures/{facility}/parametres DM/F
            POST /espace/structures/{facility}/parametres M/F
            GET /espace/structures/{facility}/regulation DM/F
            """;

    @Test
    void every_page_of_the_space_opens_to_those_it_is_for_and_is_not_there_for_anybody_else() {
        Map<Character, Visit> visits = everybody.visits();
        SortedMap<String, String> judged = Everybody.table(OF_WHO_SIGNED_IN + OF_A_PRACTITIONER + OF_A_STRUCTURE);
        SortedMap<String, String> found = new TreeMap<>();
        SortedMap<String, String> elsewhere = new TreeMap<>();
        Everybody.addresses(mappings.values(), "/espace").forEach(address -> {
            if (address.contains("{practitioner}")) {
                found.put(address, letInto(visits, address, people.alice));
                elsewhere.put(address, letInto(visits, address, far.alice));
            } else if (address.contains("{facility}")) {
                found.put(address, letInto(visits, address, people.centre) + "/" + letInto(visits, address, msp));
                elsewhere.put(address, letInto(visits, address, far.centre));
            } else {
                found.put(address, letInto(visits, address, ""));
            }
        });

        assertThat(Everybody.lines(found)).containsExactlyElementsOf(Everybody.lines(judged));
        assertThat(elsewhere)
                .as("of somebody else")
                .isNotEmpty()
                .allSatisfy((address, who) -> assertThat(who).isEqualTo("-"));
    }

    @Test
    void whoever_did_not_sign_in_or_whose_account_was_closed_is_led_out_of_every_page() {
        String bob = people.email("bob");
        people.accepted(bob);
        Visit closed = everybody.signedIn(bob);
        everybody.close(bob);

        assertThat(Everybody.addresses(mappings.values(), "/espace"))
                .isNotEmpty()
                .allSatisfy(address -> {
                    String subject = address.contains("{facility}") ? people.centre : people.alice;
                    assertThat(leadsTo(everybody.send(Visit.ofNobody(port), address, subject, "")))
                            .as("nobody signed in: %s", address)
                            .isEqualTo(address.startsWith("GET") ? "302 /connexion" : "403 ");
                    assertThat(leadsTo(everybody.send(closed, address, subject, "")))
                            .as("account closed: %s", address)
                            .isIn("302 /connexion/refus?motif=ferme", "302 /connexion", "403 ");
                });
    }

    @Test
    void what_is_somebody_elses_is_not_found_below_ones_own_address() {
        HubClient platform = people.platform();
        String place = platform.json(far.of("")).at("/places/0/id").asText();
        LocalDate day = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(8);
        String entry = lastStep(platform.post(far.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(place, day)));
        String deletion =
                deletedByTheirOwner(lastStep(platform.post(far.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "10:00", "end": "10:15", "modes": ["AMB"]}""".formatted(place, day))), day);
        HubClient gironde = people.accountManagerOf("gironde", "33");
        String delegation =
                lastStep(far.practitioner().post(far.of("/delegations"), People.delegate(far.email("lou"), "Tours")));
        String manager = lastStep(gironde.post(far.ofCentre("/managers"), """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(far.email("noa"))));
        String account = lastStep(gironde.post("/api/v1/accounts", """
                {"email": "%s", "family": "GARNIER", "given": "René", "roles": ["regulator"], "territories": ["33"]}""".formatted(far.email("rene"))));
        Visit alice = everybody.practitioner();
        Visit sacha = everybody.signedIn(people.email("comptes"));
        String ofAlice = "/espace/effecteurs/" + people.alice;
        String ofCentre = "/espace/structures/" + people.centre;

        assertThat(Stream.of("GET", "POST")
                        .flatMap(method -> Stream.of("", "/suppression")
                                .map(step ->
                                        method + " " + ofAlice + "/agenda/disponibilites/" + entry + "/" + day + step)))
                .allSatisfy(address -> assertThat(
                                everybody.send(alice, address, "", "version=1").statusCode())
                        .as(address)
                        .isEqualTo(404));
        assertThat(everybody
                        .send(alice, "POST " + ofAlice + "/agenda/suppressions/" + deletion + "/annulation", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(platform.get(far.of("/agenda/entries/" + entry)).body()).contains("\"start\":\"09:00\"");
        assertThat(everybody
                        .send(alice, "POST " + ofAlice + "/delegataires/" + delegation + "/revocation", "", "version=1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(alice, "GET " + ofAlice + "/lieux/" + place + "/informations", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(sacha, "POST " + ofAlice + "/demandes/" + delegation, "", "version=1&accepted=true")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(sacha, "POST " + ofCentre + "/gestionnaires/" + manager + "/retrait", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gironde.get(far.ofCentre("/managers")).body()).contains(manager);
        assertThat(everybody
                        .send(sacha, "GET /espace/comptes/" + account, "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(sacha, "POST /espace/comptes/" + account, "", "revision=1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(sacha, "POST /espace/comptes/" + account + "/fermeture", "", "revision=1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(everybody
                        .send(sacha, "POST /espace/comptes/" + account + "/mail-de-bienvenue", "", "")
                        .statusCode())
                .isEqualTo(404);
    }

    /** @return by which they can take it back */
    private String deletedByTheirOwner(String entry, LocalDate day) {
        PageReader owner =
                SignInProvider.signIn(port, far.alice, SignInProvider.practitioner(far.alice, "Alice", "LEROY"));
        String address =
                "/espace/effecteurs/" + far.alice + "/agenda/disponibilites/" + entry + "/" + day + "/suppression";
        owner.open(address);
        String week = owner.submit(address, "version", "1").body();
        Matcher deletion =
                Pattern.compile("/agenda/suppressions/([^/]+)/annulation").matcher(week);
        assertThat(deletion.find()).as(week).isTrue();
        return deletion.group(1);
    }

    private static String lastStep(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private static String leadsTo(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.headers().firstValue("Location").orElse("").replaceFirst("^http://[^/]+", "");
    }

    private String letInto(Map<Character, Visit> visits, String address, String subject) {
        String letters = visits.entrySet().stream()
                .filter(each -> isLetIn(everybody.send(each.getValue(), address, subject, "")))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining());
        return letters.isEmpty() ? "-" : letters;
    }

    /** Past the rights: what else is wrong with the request does not matter. */
    private static boolean isLetIn(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isIn(200, 302, 303, 400, 404, 409, 422);
        String location = answer.headers().firstValue("Location").orElse("");
        assertThat(location).as("%s", answer.uri()).doesNotContain("/connexion");
        return answer.statusCode() != 404;
    }
}
