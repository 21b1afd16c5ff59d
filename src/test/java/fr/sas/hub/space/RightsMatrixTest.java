package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every kind of person at every address of the personal space and of the API, as the application itself lists them: a new one
 * breaks this until somebody wrote here for whom it is. Whoever is not let in finds nothing (404) in the space, is refused
 * (403) by the API, is led to the sign-in where nobody signed in.
 *
 * <p>P practitioner, D delegate of the practitioner and of the centre, M manager of the health centre, F manager of another
 * structure, A account manager of their département, R regulator, O who runs the hub, X whose delegation was revoked; a dash:
 * nobody. Addresses about a structure: at the centre, a slash, at the other structure, which has no agenda.
 */
@PeopleHubTest
class RightsMatrixTest {

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
            GET /espace/structures/{facility}/agenda/disponibilites/{entry}/{date} DM/F
            POST /espace/structures/{facility}/agenda/disponibilites/{entry}/{date} DM/F
            GET /espace/structures/{facility}/agenda/disponibilites/{entry}/{date}/suppression DM/F
            POST /espace/structures/{facility}/agenda/disponibilites/{entry}/{date}/suppression DM/F
            POST /espace/structures/{facility}/agenda/suppressions/{deletion}/annulation DM/F
            GET /espace/structures/{facility}/delegataires MA/FA
            GET /espace/structures/{facility}/delegataires/demande MA/FA
            POST /espace/structures/{facility}/delegataires/demande MA/FA
            GET /espace/structures/{facility}/delegataires/demande-envoyee MA/FA
            POST /espace/structures/{facility}/delegataires/{delegation}/revocation MA/FA
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

    /** Persons as a portal names them; who runs the hub by a token of role ops. */
    private static final String API = """
            GET /api/v1/account-managers O
            POST /api/v1/account-managers O
            DELETE /api/v1/account-managers/{accountManager} O
            GET /api/v1/account-managers/{accountManager} O
            PUT /api/v1/account-managers/{accountManager} O
            GET /api/v1/accounts AO
            POST /api/v1/accounts AO
            GET /api/v1/accounts/{account} AO
            PUT /api/v1/accounts/{account} AO
            POST /api/v1/accounts/{account}/close AO
            GET /api/v1/accounts/{account}/history AO
            POST /api/v1/accounts/{account}/reopen AO
            POST /api/v1/accounts/{account}/welcome-mail AO
            GET /api/v1/agenda/hours.csv O
            GET /api/v1/connectors O
            GET /api/v1/connectors/{id} O
            GET /api/v1/connectors/{id}/actions O
            POST /api/v1/connectors/{id}/check O
            GET /api/v1/connectors/{id}/deliveries O
            POST /api/v1/connectors/{id}/deliveries/replay O
            GET /api/v1/connectors/{id}/deliveries/{delivery} O
            GET /api/v1/connectors/{id}/deliveries/{delivery}/pages/{number} O
            POST /api/v1/connectors/{id}/deliveries/{delivery}/replay O
            GET /api/v1/connectors/{id}/rejections O
            GET /api/v1/connectors/{id}/scorecard O
            POST /api/v1/connectors/{id}/{action:pause|resume|ask-now|trial|live|forget-breaker} O
            GET /api/v1/delegations DAXO
            GET /api/v1/directory/loads O
            POST /api/v1/directory/loads O
            GET /api/v1/directory/loads/{id} O
            GET /api/v1/explain O
            GET /api/v1/facilities PDMFAXO
            GET /api/v1/facilities/{facility} PDMFAXO/PDMFAXO
            PUT /api/v1/facilities/{facility} O/O
            GET /api/v1/facilities/{facility}/appointments DMO/FO
            GET /api/v1/facilities/{facility}/delegations MAO/FAO
            POST /api/v1/facilities/{facility}/delegations MA/FA
            DELETE /api/v1/facilities/{facility}/delegations/{delegation} MA/FA
            GET /api/v1/facilities/{facility}/delegations/{delegation} MAO/FAO
            PUT /api/v1/facilities/{facility}/delegations/{delegation}/decision A/A
            GET /api/v1/facilities/{facility}/history MO/FO
            GET /api/v1/facilities/{facility}/managers MAO/FAO
            POST /api/v1/facilities/{facility}/managers A/A
            DELETE /api/v1/facilities/{facility}/managers/{manager} A/A
            GET /api/v1/facilities/{facility}/settings DMO/FO
            PUT /api/v1/facilities/{facility}/settings M/F
            GET /api/v1/facilities/{facility}/settings/history MO/FO
            GET /api/v1/facilities/{nationalId}/agenda/entries DMO/FO
            POST /api/v1/facilities/{nationalId}/agenda/entries DM/F
            DELETE /api/v1/facilities/{nationalId}/agenda/entries/{entry} DM/F
            GET /api/v1/facilities/{nationalId}/agenda/entries/{entry} DMO/FO
            PUT /api/v1/facilities/{nationalId}/agenda/entries/{entry} DM/F
            GET /api/v1/facilities/{nationalId}/agenda/entries/{entry}/exceptions DMO/FO
            DELETE /api/v1/facilities/{nationalId}/agenda/entries/{entry}/exceptions/{date} DM/F
            DELETE /api/v1/facilities/{nationalId}/agenda/entries/{entry}/from/{date} DM/F
            PUT /api/v1/facilities/{nationalId}/agenda/entries/{entry}/from/{date} DM/F
            DELETE /api/v1/facilities/{nationalId}/agenda/entries/{entry}/occurrences/{date} DM/F
            GET /api/v1/facilities/{nationalId}/agenda/entries/{entry}/occurrences/{date} DMO/FO
            PUT /api/v1/facilities/{nationalId}/agenda/entries/{entry}/occurrences/{date} DM/F
            DELETE /api/v1/facilities/{nationalId}/agenda/feed DM/F
            POST /api/v1/facilities/{nationalId}/agenda/feed DM/F
            GET /api/v1/facilities/{nationalId}/agenda/occurrences DMO/FO
            GET /api/v1/facilities/{nationalId}/agenda/places/{place}/information DMO/FO
            PUT /api/v1/facilities/{nationalId}/agenda/places/{place}/information DM/F
            GET /api/v1/facilities/{nationalId}/agenda/places/{place}/unavailability DMO/FO
            PUT /api/v1/facilities/{nationalId}/agenda/places/{place}/unavailability DM/F
            GET /api/v1/facilities/{nationalId}/hours DMO/FO
            GET /api/v1/lrm/appointments/{id} O
            GET /api/v1/managers MFAO
            GET /api/v1/outbox O
            GET /api/v1/outbox/{destination} O
            GET /api/v1/outbox/{destination}/actions O
            DELETE /api/v1/outbox/{destination}/letters/{id} O
            GET /api/v1/outbox/{destination}/letters/{id} O
            POST /api/v1/outbox/{destination}/letters/{id}/send-again O
            POST /api/v1/outbox/{destination}/send-again O
            POST /api/v1/outbox/{destination}/start O
            POST /api/v1/outbox/{destination}/stop O
            GET /api/v1/practitioners/{nationalId}/agenda/entries PDO
            POST /api/v1/practitioners/{nationalId}/agenda/entries PD
            DELETE /api/v1/practitioners/{nationalId}/agenda/entries/{entry} PD
            GET /api/v1/practitioners/{nationalId}/agenda/entries/{entry} PDO
            PUT /api/v1/practitioners/{nationalId}/agenda/entries/{entry} PD
            GET /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/exceptions PDO
            DELETE /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/exceptions/{date} PD
            DELETE /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/from/{date} PD
            PUT /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/from/{date} PD
            DELETE /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/occurrences/{date} PD
            GET /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/occurrences/{date} PDO
            PUT /api/v1/practitioners/{nationalId}/agenda/entries/{entry}/occurrences/{date} PD
            DELETE /api/v1/practitioners/{nationalId}/agenda/feed PD
            POST /api/v1/practitioners/{nationalId}/agenda/feed PD
            GET /api/v1/practitioners/{nationalId}/agenda/occurrences PDO
            GET /api/v1/practitioners/{nationalId}/agenda/places/{place}/information PDO
            PUT /api/v1/practitioners/{nationalId}/agenda/places/{place}/information PD
            GET /api/v1/practitioners/{nationalId}/agenda/places/{place}/unavailability PDO
            PUT /api/v1/practitioners/{nationalId}/agenda/places/{place}/unavailability PD
            GET /api/v1/practitioners/{nationalId}/hours PDO
            DELETE /api/v1/practitioners/{practitioner} O
            GET /api/v1/practitioners/{practitioner} PDMFAXO
            PUT /api/v1/practitioners/{practitioner} O
            GET /api/v1/practitioners/{practitioner}/appointments PDO
            GET /api/v1/practitioners/{practitioner}/delegations PAO
            POST /api/v1/practitioners/{practitioner}/delegations PA
            DELETE /api/v1/practitioners/{practitioner}/delegations/{delegation} PA
            GET /api/v1/practitioners/{practitioner}/delegations/{delegation} PAO
            PUT /api/v1/practitioners/{practitioner}/delegations/{delegation}/decision A
            GET /api/v1/practitioners/{practitioner}/history PO
            GET /api/v1/practitioners/{practitioner}/settings PDO
            PUT /api/v1/practitioners/{practitioner}/settings P
            GET /api/v1/practitioners/{practitioner}/settings/history PO
            GET /api/v1/regulators/{id} O
            PUT /api/v1/regulators/{id} O
            POST /api/v1/regulators/{id}/login O
            GET /api/v1/vendors PDMFAXO
            """;

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String KNOWN_BY_NOBODY = "not-an-id";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    Map<String, RequestMappingHandlerMapping> mappings;

    private People people;
    private People far;
    private String msp;

    @BeforeEach
    void everybody_acts_for_whom_they_act() {
        people = new People(port);
        far = new People(port);
        HubClient platform = people.platform();
        platform.put(far.of(""), """
                {"family": "LEROY", "profession": "10", "places": [{"postalCode": "33000", "city": "BORDEAUX"}]}""");
        platform.put(far.ofCentre(""), """
                {"name": "Centre du Port", "kind": "cds", "postalCode": "33000", "city": "BORDEAUX"}""");
        msp = people.centre.replaceFirst("^1751", "1753");
        platform.put("/api/v1/facilities/" + msp, """
                {"name": "MSP des Tilleuls", "kind": "msp", "postalCode": "75001", "city": "VILLE"}""");
        people.accepted(people.email("camille"));
        people.named(people.email("noa"));
        delegateOfTheCentre(people.email("camille"));
        people.accountManager().post("/api/v1/facilities/" + msp + "/managers", """
                {"email": "%s", "family": "ROY", "given": "Flor"}""".formatted(people.email("flor")));
    }

    @Test
    void every_page_of_the_space_opens_to_whom_it_is_for_and_is_not_there_for_anybody_else() {
        Map<Character, Visit> visits = visits();
        SortedMap<String, String> judged = table(OF_WHO_SIGNED_IN + OF_A_PRACTITIONER + OF_A_STRUCTURE);
        SortedMap<String, String> found = new TreeMap<>();
        SortedMap<String, String> elsewhere = new TreeMap<>();
        handlers("/espace").forEach(address -> {
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

        assertThat(lines(found)).containsExactlyElementsOf(lines(judged));
        assertThat(elsewhere)
                .as("of somebody else")
                .allSatisfy((address, who) -> assertThat(who).isEqualTo("-"));
    }

    @Test
    void who_did_not_sign_in_or_whose_account_was_closed_is_led_out_of_every_page() {
        String bob = people.email("bob");
        people.accepted(bob);
        Visit closed = signedIn(bob);
        close(bob);

        assertThat(handlers("/espace")).isNotEmpty().allSatisfy(address -> {
            String subject = address.contains("{facility}") ? people.centre : people.alice;
            assertThat(leadsTo(new Visit("", "").at(address, subject)))
                    .as("nobody signed in: %s", address)
                    .isEqualTo(address.startsWith("GET") ? "302 /connexion" : "403 ");
            assertThat(leadsTo(closed.at(address, subject)))
                    .as("account closed: %s", address)
                    .isIn("302 /connexion/refus?motif=ferme", "302 /connexion", "403 ");
        });
    }

    @Test
    void every_address_of_the_api_answers_those_it_is_for_and_refuses_everybody_else() {
        String xenia = people.email("xenia");
        assertThat(people.practitioner().delete(people.accepted(xenia)).statusCode())
                .isBetween(200, 299);
        People spare = new People(port);
        Map<Character, HubClient> clients = new LinkedHashMap<>();
        clients.put('P', people.practitioner());
        clients.put('D', people.delegate(people.email("camille")));
        clients.put('M', people.manager(people.email("noa")));
        clients.put('F', people.manager(people.email("flor")));
        clients.put('A', people.accountManager());
        clients.put('X', people.delegate(xenia));
        clients.put('O', people.platform().as("test-ops"));
        SortedMap<String, String> found = new TreeMap<>();
        SortedMap<String, String> elsewhere = new TreeMap<>();
        handlers("/api/v1").forEach(address -> {
            if (address.contains("/practitioners/")) {
                found.put(address, answered(clients, address, people.alice, spare.alice));
                elsewhere.put(
                        address,
                        answered(clients, address, far.alice, spare.alice).replace("O", ""));
            } else if (address.contains("/facilities/")) {
                found.put(
                        address,
                        answered(clients, address, people.centre, spare.centre) + "/"
                                + answered(clients, address, msp, spare.centre));
                elsewhere.put(
                        address,
                        answered(clients, address, far.centre, spare.centre).replace("O", ""));
            } else {
                found.put(address, answered(clients, address, "", ""));
            }
        });

        assertThat(lines(found)).containsExactlyElementsOf(lines(table(API)));
        elsewhere
                .keySet()
                .removeAll(Set.of("GET /api/v1/practitioners/{practitioner}", "GET /api/v1/facilities/{facility}"));
        assertThat(elsewhere)
                .as("of somebody else")
                .allSatisfy((address, who) -> assertThat(who).isIn("-", ""));
    }

    @Test
    void the_api_knows_neither_strangers_nor_sessions_of_pages_nor_persons_whose_account_was_closed() {
        String bob = people.email("bob");
        people.accepted(bob);
        Visit practitioner = signedIn(people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        signedIn(bob);
        close(bob);
        HubClient stranger = people.platform().as("nobody");

        assertThat(handlers("/api/v1")).isNotEmpty().allSatisfy(address -> {
            String subject = address.contains("/facilities/") ? people.centre : people.alice;
            assertThat(practitioner.at(address, subject).statusCode())
                    .as("a session: %s", address)
                    .isEqualTo(401);
            assertThat(status(stranger, address, subject))
                    .as("a stranger: %s", address)
                    .isEqualTo(401);
            assertThat(status(people.delegate(bob), address, subject))
                    .as("a closed account: %s", address)
                    .isEqualTo(403);
        });
    }

    @Test
    void what_is_somebody_elses_is_not_found_below_ones_own_address() {
        HubClient platform = people.platform();
        String place = platform.json(far.of("")).at("/places/0/id").asText();
        LocalDate day = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(8);
        String entry = lastStep(platform.post(far.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(place, day)));
        HubClient gironde = people.accountManagerOf("gironde", "33");
        String delegation =
                lastStep(far.practitioner().post(far.of("/delegations"), People.delegate(far.email("lou"), "Tours")));
        String manager = lastStep(gironde.post(far.ofCentre("/managers"), """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(far.email("noa"))));
        String account = lastStep(gironde.post("/api/v1/accounts", """
                {"email": "%s", "family": "GARNIER", "given": "René", "roles": ["regulator"], "territories": ["33"]}""".formatted(far.email("rene"))));
        Visit alice = signedIn(people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        Visit sacha = signedIn(people.email("comptes"));
        String ofAlice = "/espace/effecteurs/" + people.alice;
        String ofCentre = "/espace/structures/" + people.centre;

        assertThat(Stream.of("GET", "POST")
                        .flatMap(method -> Stream.of("", "/suppression")
                                .map(step ->
                                        method + " " + ofAlice + "/agenda/disponibilites/" + entry + "/" + day + step)))
                .allSatisfy(
                        address -> assertThat(alice.at(address, "", "version=1").statusCode())
                                .as(address)
                                .isIn(302, 404, 409));
        assertThat(platform.get(far.of("/agenda/entries/" + entry)).body()).contains("\"start\":\"09:00\"");
        assertThat(alice.at("POST " + ofAlice + "/delegataires/" + delegation + "/revocation", "", "version=1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(alice.at("GET " + ofAlice + "/lieux/" + place + "/informations", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(sacha.at("POST " + ofAlice + "/demandes/" + delegation, "", "version=1&accepted=true")
                        .statusCode())
                .isEqualTo(404);
        assertThat(sacha.at("POST " + ofCentre + "/gestionnaires/" + manager + "/retrait", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gironde.get(far.ofCentre("/managers")).body()).contains(manager);
        assertThat(sacha.at("GET /espace/comptes/" + account, "", "").statusCode())
                .isEqualTo(404);
        assertThat(sacha.at("POST /espace/comptes/" + account, "", "revision=1").statusCode())
                .isEqualTo(404);
        assertThat(sacha.at("POST /espace/comptes/" + account + "/fermeture", "", "revision=1")
                        .statusCode())
                .isEqualTo(404);
        assertThat(sacha.at("POST /espace/comptes/" + account + "/mail-de-bienvenue", "", "")
                        .statusCode())
                .isEqualTo(404);
    }

    private static String lastStep(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private void close(String email) {
        String account = people.platform()
                .json("/api/v1/accounts?text=" + email)
                .at("/accounts/0/id")
                .asText();
        assertThat(people.platform()
                        .post("/api/v1/accounts/" + account + "/close", "")
                        .statusCode())
                .isBetween(200, 299);
    }

    private static int status(HubClient client, String address, String subject) {
        String method = address.substring(0, address.indexOf(' '));
        return client.send(client.request(filled(address, subject, subject))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{\"no\":1}")))
                .statusCode();
    }

    private static String answered(Map<Character, HubClient> clients, String address, String subject, String spare) {
        String letters = clients.entrySet().stream()
                .filter(each -> isAnswered(each.getValue(), address, each.getKey() == 'O' ? spare : subject))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining());
        return letters.isEmpty() ? "-" : letters;
    }

    private static boolean isAnswered(HubClient client, String address, String subject) {
        int status = status(client, address, subject);
        assertThat(status).as(address).isLessThan(500).isNotEqualTo(401);
        return status != 403;
    }

    private static String leadsTo(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + answer.headers().firstValue("Location").orElse("").replaceFirst("^http://[^/]+", "");
    }

    private String letInto(Map<Character, Visit> visits, String address, String subject) {
        String letters = visits.entrySet().stream()
                .filter(each -> isLetIn(each.getValue().at(address, subject)))
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

    private Map<Character, Visit> visits() {
        String rene = people.email("rene");
        String ola = people.email("ola");
        String xenia = people.email("xenia");
        account(people.accountManager(), rene, "regulator");
        account(people.platform().as("test-ops"), ola, "ops");
        String delegation = people.accepted(xenia);
        Map<Character, Visit> visits = new LinkedHashMap<>();
        visits.put('P', signedIn(people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND")));
        visits.put('D', signedIn(people.email("camille")));
        visits.put('M', signedIn(people.email("noa")));
        visits.put('F', signedIn(people.email("flor")));
        visits.put('A', signedIn(people.email("comptes")));
        visits.put('R', signedIn(rene));
        visits.put('O', signedIn(ola));
        visits.put('X', signedIn(xenia));
        assertThat(people.practitioner().delete(delegation).statusCode()).isBetween(200, 299);
        return visits;
    }

    private void account(HubClient maker, String email, String role) {
        HttpResponse<String> made = maker.post("/api/v1/accounts", """
                {"email": "%s", "family": "GARNIER", "given": "René", "roles": ["%s"], "territories": ["75"]}""".formatted(email, role));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private void delegateOfTheCentre(String email) {
        HubClient manager = people.manager(people.email("noa"));
        HttpResponse<String> asked = manager.post(people.ofCentre("/delegations"), People.delegate(email, "Tours"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        people.accountManager()
                .put(asked.headers().firstValue("Location").orElseThrow() + "/decision", "{\"accepted\": true}");
    }

    private Visit signedIn(String email) {
        return signedIn(email, SignInProvider.address(email, "Camille", "MARTIN"));
    }

    private Visit signedIn(String subject, Map<String, Object> claims) {
        PageReader reader = SignInProvider.signIn(port, subject, claims);
        Matcher token = TOKEN.matcher(reader.open("/espace/compte").body());
        assertThat(token.find()).isTrue();
        return new Visit(reader.session(), token.group(1));
    }

    /** Somebody's session, and the token of their pages. */
    private final class Visit {

        private final String session;
        private final String token;

        Visit(String session, String token) {
            this.session = session;
            this.token = token;
        }

        HttpResponse<String> at(String address, String subject) {
            return at(address, subject, "");
        }

        /** @param form what is sent with a write */
        HttpResponse<String> at(String address, String subject, String form) {
            String method = address.substring(0, address.indexOf(' '));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port
                            + filled(address, subject, subject.equals(people.alice) ? people.place : subject)))
                    .header("Accept", "text/html")
                    .header("Cookie", "hub-session=" + session);
            if (!method.equals("GET")) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .method(
                                method,
                                BodyPublishers.ofString(
                                        "_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&" + form));
            }
            return send(request);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is asked for below the subject is nothing that can be: it is refused after the rights were asked. */
    private static String filled(String address, String subject, String place) {
        return address.substring(address.indexOf(' ') + 1)
                .replaceFirst("(?<=/(practitioners|effecteurs|facilities|structures)/)\\{\\w+}", subject)
                .replace("{place}", place)
                .replaceAll("\\{action:(\\w+)[^}]*}", "$1")
                .replaceAll("\\{\\w+}", KNOWN_BY_NOBODY);
    }

    /** Method and address, such as {@code GET /espace}. */
    private Stream<String> handlers(String below) {
        return mappings.values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream()
                        .filter(path -> path.equals(below) || path.startsWith(below + "/"))
                        .flatMap(path ->
                                methods(info.getMethodsCondition().getMethods()).map(method -> method + " " + path)));
    }

    /** A handler that names none takes all. */
    private static Stream<RequestMethod> methods(Set<RequestMethod> named) {
        return named.isEmpty() ? Stream.of(RequestMethod.GET, RequestMethod.POST) : named.stream();
    }

    private static List<String> lines(SortedMap<String, String> table) {
        return table.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue())
                .toList();
    }

    private static SortedMap<String, String> table(String lines) {
        SortedMap<String, String> table = new TreeMap<>();
        lines.lines()
                .forEach(line ->
                        table.put(line.substring(0, line.lastIndexOf(' ')), line.substring(line.lastIndexOf(' ') + 1)));
        return table;
    }
}
