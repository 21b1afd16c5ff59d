package fr.sas.hub.delegation;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Who may do what: every kind of person at every address, for those they act for and for others. */
@HubTest
class RightsTest {

    private static final List<String> FOR_PERSONS = List.of("/api/v1/practitioners/", "/api/v1/facilities/");

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping addresses;

    @Autowired
    RightsGuard guard;

    private People people;
    private People others;
    private String camille;
    private String noa;

    @BeforeEach
    void camille_is_alices_delegate_and_noa_manages_the_centre() {
        people = new People(port);
        others = new People(port);
        camille = people.email("camille");
        noa = people.email("noa");
        people.accepted(camille);
        people.named(noa);
    }

    /** P practitioner, D delegate, M manager, A account manager; a dash: nobody. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, '', PDMA",
        "PUT, '', -",
        "DELETE, '', -",
        "GET, /settings, PD",
        "PUT, /settings, P",
        "GET, /settings/history, P",
        "GET, /agenda/entries, PD",
        "POST, /agenda/entries, PD",
        "PUT, /agenda/entries/{id}, PD",
        "DELETE, /agenda/entries/{id}, PD",
        "GET, /agenda/occurrences?from=2026-06-12&to=2026-06-13, PD",
        "PUT, /agenda/entries/{id}/occurrences/2026-06-12, PD",
        "DELETE, /agenda/entries/{id}/occurrences/2026-06-12, PD",
        "DELETE, /agenda/entries/{id}/exceptions/2026-06-12, PD",
        "PUT, /agenda/entries/{id}/from/2026-06-12, PD",
        "DELETE, /agenda/entries/{id}/from/2026-06-12, PD",
        "GET, /agenda/places/{place}/unavailability, PD",
        "PUT, /agenda/places/{place}/unavailability, PD",
        "GET, /agenda/places/{place}/information, PD",
        "PUT, /agenda/places/{place}/information, PD",
        "POST, /agenda/feed, PD",
        "DELETE, /agenda/feed, PD",
        "GET, /hours?from=2026-06-12&to=2026-06-13, PD",
        "GET, /appointments?from=2026-06-12&to=2026-06-13, PD",
        "GET, /delegations, PA",
        "POST, /delegations, PA",
        "GET, /delegations/{id}, PA",
        "DELETE, /delegations/{id}, PA",
        "PUT, /delegations/{id}/decision, A",
        "GET, /history, P"
    })
    void for_a_practitioner(String method, String path, String whom) {
        assertThat(mayAt(method, people.of(path))).as("for alice").isEqualTo(whom);
        assertThat(mayAt(method, others.of(path)))
                .as("for another practitioner")
                .isEqualTo(path.isEmpty() ? whom : whom.contains("A") ? "A" : "-");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET, '', PDMA",
        "PUT, '', -",
        "GET, /settings, M",
        "PUT, /settings, M",
        "GET, /agenda/entries, M",
        "POST, /agenda/entries, M",
        "PUT, /agenda/places/{place}/unavailability, M",
        "PUT, /agenda/places/{place}/information, M",
        "GET, /settings/history, M",
        "POST, /agenda/feed, M",
        "GET, /hours?from=2026-06-12&to=2026-06-13, M",
        "GET, /appointments?from=2026-06-12&to=2026-06-13, M",
        "GET, /delegations, MA",
        "POST, /delegations, MA",
        "GET, /delegations/{id}, MA",
        "DELETE, /delegations/{id}, MA",
        "PUT, /delegations/{id}/decision, A",
        "GET, /managers, MA",
        "POST, /managers, A",
        "DELETE, /managers/{id}, A",
        "GET, /history, M"
    })
    void for_a_facility(String method, String path, String whom) {
        assertThat(mayAt(method, people.ofCentre(path))).as("for the centre").isEqualTo(whom);
        assertThat(mayAt(method, others.ofCentre(path)))
                .as("for another centre")
                .isEqualTo(path.isEmpty() ? whom : whom.contains("A") ? "A" : "-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/practitioners/810000000001/something-new",
                "/api/v1/facilities/1750000001/something-new",
                "/api/v1/something-new"
            })
    void an_address_whose_right_nobody_has_decided_is_closed_to_persons(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", address);
        ServletRequestPathUtils.parseAndCache(request);
        Caller.actFor(request, new Person(Person.Kind.ACCOUNT_MANAGER, people.email("comptes")));
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            assertThatThrownBy(() -> guard.preHandle(request, new MockHttpServletResponse(), new Object()))
                    .isInstanceOf(MissingRight.class);
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    @ParameterizedTest(name = "GET {0}: {1}")
    @CsvSource({
        "/api/v1/delegations, DA",
        "/api/v1/managers, MA",
        "/api/v1/facilities?kind=cds, PDMA",
        "/api/v1/vendors, PDMA"
    })
    void for_lists(String path, String whom) {
        assertThat(mayAt("GET", path)).isEqualTo(whom);
    }

    @Test
    void every_address_of_practitioners_and_facilities_stands_in_the_table() {
        List<String> forgotten = new ArrayList<>();
        addresses.getHandlerMethods().forEach((mapping, handler) -> {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            mapping.getPatternValues().stream()
                    .filter(path -> FOR_PERSONS.stream().anyMatch(path::startsWith))
                    .forEach(path -> methods.forEach(method -> {
                        HttpResponse<String> answer = asks(
                                people.manager("nobody@exemple.fr"),
                                method.name(),
                                path.replaceFirst("(?<=practitioners/)\\{\\w+}", people.alice)
                                        .replaceFirst("(?<=facilities/)\\{\\w+}", people.centre)
                                        .replaceAll("\\{\\w+}", "1"));
                        if (answer.statusCode() == 403
                                && body(answer).path("right").asText().equals("none")) {
                            forgotten.add(method + " " + path);
                        }
                    }));
        });

        assertThat(forgotten).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "practitioner",
                "Dominique DELEGUE",
                "practitioner 12",
                "practitioner camille@exemple.fr",
                "delegate 810000000001",
                "Delegate camille@exemple.fr",
                "platform camille@exemple.fr",
                "account-manager camille"
            })
    void a_person_who_is_not_understood_is_never_taken_for_none(String header) {
        HttpResponse<String> answer = people.platform().actingFor(header).get(people.of("/settings"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(body(answer).path("detail").asText()).contains("X-Acting-Person", "account-manager");
    }

    @Test
    void two_persons_at_once_are_not_understood() {
        HubClient alice = people.practitioner();

        HttpResponse<String> answer =
                alice.send(alice.request(people.of("/settings")).header("X-Acting-Person", "delegate " + camille));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void whoever_may_not_name_persons_is_refused_and_not_taken_for_the_platform() {
        HttpResponse<String> answer = HubClient.at(port)
                .as("test-ops")
                .actingFor("practitioner " + people.alice)
                .get(people.of("/settings"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(body(answer).path("detail").asText()).contains("names-persons");
    }

    @Test
    void what_is_missing_is_said_in_french_too() {
        HubClient delegate = people.delegate(camille);

        HttpResponse<String> answer =
                delegate.send(delegate.request(people.of("/history")).setHeader("Accept-Language", "fr"));

        assertThat(body(answer).path("detail").asText())
                .isEqualTo(
                        "Vous n'avez pas le droit d'effectuer cette action\u00a0: elle est réservée aux effecteurs de soins"
                                + " et aux gestionnaires de structures.");
        assertThat(body(delegate.send(delegate.request(people.ofCentre("/agenda/entries"))
                                .setHeader("Accept-Language", "fr")))
                        .path("detail")
                        .asText())
                .isEqualTo("Aucune délégation acceptée ne vous permet d'agir pour cette structure.");
    }

    /** Who gets past the rights there; what else is wrong with the request does not matter. */
    private String mayAt(String method, String path) {
        Map<String, HubClient> persons = new java.util.LinkedHashMap<>();
        persons.put("P", people.practitioner());
        persons.put("D", people.delegate(camille));
        persons.put("M", people.manager(noa));
        persons.put("A", people.accountManager());
        StringBuilder may = new StringBuilder();
        persons.forEach((letter, person) -> {
            String address =
                    path.replace("{id}", "0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55").replace("{place}", people.place);
            HttpResponse<String> answer = asks(person, method, address);
            boolean elsewhere = answer.statusCode() == 404 && answer.body().contains("\"right\"");
            if (answer.statusCode() != 403 && !elsewhere) {
                may.append(letter);
            }
        });
        return may.isEmpty() ? "-" : may.toString();
    }

    private static HttpResponse<String> asks(HubClient person, String method, String path) {
        return person.send(person.request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{\"no\":1}")));
    }
}
