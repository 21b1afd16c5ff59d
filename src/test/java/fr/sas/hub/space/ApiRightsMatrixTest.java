package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Visit;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every kind of person ({@link Everybody}) at every address of the API, as the application itself lists them: a new one breaks
 * this until somebody wrote here for whom it is. What no person of their kind may is refused (403); of somebody for whom they do
 * not act, nothing is found (404).
 */
class ApiRightsMatrixTest extends RightsMatrix {

    /** Persons as a portal names them; operators of the hub by a token of role ops. */
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
        Everybody.addresses(mappings.values(), "/api/v1").forEach(address -> {
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

        assertThat(Everybody.lines(found)).containsExactlyElementsOf(Everybody.lines(Everybody.table(API)));
        elsewhere
                .keySet()
                .removeAll(Set.of("GET /api/v1/practitioners/{practitioner}", "GET /api/v1/facilities/{facility}"));
        assertThat(elsewhere)
                .as("of somebody else")
                .isNotEmpty()
                .allSatisfy((address, who) -> assertThat(who).isIn("-", ""));
    }

    @Test
    void the_api_knows_neither_strangers_nor_sessions_of_pages_nor_persons_whose_account_was_closed() {
        String bob = people.email("bob");
        people.accepted(bob);
        Visit practitioner = everybody.practitioner();
        everybody.signedIn(bob);
        everybody.close(bob);
        HubClient stranger = people.platform().as("nobody");

        assertThat(Everybody.addresses(mappings.values(), "/api/v1"))
                .isNotEmpty()
                .allSatisfy(address -> {
                    String subject = address.contains("/facilities/") ? people.centre : people.alice;
                    assertThat(everybody
                                    .send(practitioner, address, subject, "")
                                    .statusCode())
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

    /** Not found, and the right is named that somebody would need there. */
    private static boolean isSomebodyElses(HttpResponse<String> answer) {
        return answer.statusCode() == 404 && answer.body().contains("\"right\"");
    }

    private static int status(HubClient client, String address, String subject) {
        return answer(client, address, subject).statusCode();
    }

    private static HttpResponse<String> answer(HubClient client, String address, String subject) {
        String method = address.substring(0, address.indexOf(' '));
        return client.send(client.request(Everybody.filled(address, subject, subject))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{\"no\":1}")));
    }

    private static String answered(Map<Character, HubClient> clients, String address, String subject, String spare) {
        String letters = clients.entrySet().stream()
                .filter(each -> isAnswered(each.getValue(), address, each.getKey() == 'O' ? spare : subject))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining());
        return letters.isEmpty() ? "-" : letters;
    }

    private static boolean isAnswered(HubClient client, String address, String subject) {
        HttpResponse<String> answer = answer(client, address, subject);
        assertThat(answer.statusCode()).as(address).isLessThan(500).isNotEqualTo(401);
        return answer.statusCode() != 403 && !isSomebodyElses(answer);
    }
}
