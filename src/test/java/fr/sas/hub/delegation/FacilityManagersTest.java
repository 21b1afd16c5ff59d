package fr.sas.hub.delegation;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Facility managers: several per centre, several centres each; named and removed by account managers. */
@HubTest
class FacilityManagersTest {

    @LocalServerPort
    int port;

    private People people;
    private String noa;
    private String sacha;

    @BeforeEach
    void noa_and_sacha() {
        people = new People(port);
        noa = people.email("noa");
        sacha = people.email("sacha");
    }

    @Test
    void a_centre_has_several_managers_and_a_manager_several_centres() {
        People others = new People(port);
        people.named(noa);
        people.named(sacha);
        others.named(noa);

        assertThat(emails(people.manager(noa).json(people.ofCentre("/managers"))))
                .containsExactlyInAnyOrder(noa, sacha);
        JsonNode own = people.manager(noa).json("/api/v1/managers");
        assertThat(own.path("managers").findValuesAsText("facility"))
                .containsExactlyInAnyOrder(people.centre, others.centre);
        assertThat(own.at("/managers/0/facilityName").asText()).isEqualTo("Centre des Tilleuls");
        assertThat(people.accountManager()
                        .json("/api/v1/managers?email=" + sacha)
                        .path("managers"))
                .hasSize(1);
        assertThat(people.manager(noa).get("/api/v1/managers?email=" + sacha).statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_manager_who_is_removed_may_no_more_and_the_others_still_may() {
        String address = people.named(noa);
        people.named(sacha);

        assertThat(people.accountManager().delete(address).statusCode()).isEqualTo(204);

        assertThat(people.manager(noa).get(people.ofCentre("/history")).statusCode())
                .isEqualTo(404);
        assertThat(people.manager(sacha).get(people.ofCentre("/history")).statusCode())
                .isEqualTo(200);
        assertThat(people.accountManager().delete(address).statusCode()).isEqualTo(404);
    }

    @Test
    void the_calendar_a_manager_made_an_address_for_closes_when_they_are_removed() {
        String address = people.named(noa);
        String calendar = people.calendarMadeBy(people.manager(noa), people.ofCentre("/agenda/feed"));
        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(200);

        people.accountManager().delete(address);

        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(404);
    }

    @Test
    void who_was_named_and_removed_is_remembered() {
        String address = people.named(noa);
        people.accountManager().delete(address);
        people.named(sacha);

        JsonNode changes = people.manager(sacha)
                .json(people.ofCentre("/history?kind=managers"))
                .path("changes");

        assertThat(changes.findValuesAsText("about").getLast())
                .isEqualTo(address.substring(address.indexOf("managers/")));
        assertThat(changes).hasSize(3);
        assertThat(changes.at("/2/before").isNull()).isTrue();
        assertThat(changes.at("/2/after/manager").asText()).isEqualTo(noa);
        assertThat(changes.at("/1/before/manager").asText()).isEqualTo(noa);
        assertThat(changes.at("/1/after").isNull()).isTrue();
        assertThat(changes.at("/1/by/person").asText()).isEqualTo("account-manager " + people.email("comptes"));
    }

    @Test
    void a_manager_keeps_the_settings_and_the_agenda_of_their_centre_and_reads_who_did() {
        People others = new People(port);
        people.named(noa);
        people.named(sacha);
        String settings =
                "{\"participatingProfessionals\": 3, \"acceptsOverbooking\": true, \"declaresTwoHours\": true}";
        String entry = """
                {"date": "%s", "start": "09:00", "end": "12:00", "patients": 6, "modes": ["AMB"]}""".formatted(LocalDate.now(ZoneOffset.UTC).plusDays(3));

        assertThat(people.manager(noa)
                        .put(people.ofCentre("/settings"), settings)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> typed = people.manager(sacha).post(people.ofCentre("/agenda/entries"), entry);
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
        assertThat(people.manager(noa)
                        .put(others.ofCentre("/settings"), settings)
                        .statusCode())
                .isEqualTo(404);

        JsonNode changes = people.manager(noa).json(people.ofCentre("/history")).path("changes");
        assertThat(changes).hasSize(4);
        assertThat(changes.at("/0/kind").asText()).isEqualTo("agenda");
        assertThat(changes.at("/1/kind").asText()).isEqualTo("settings");
        assertThat(changes.at("/0/by/person").asText()).isEqualTo("manager " + sacha);
        assertThat(changes.at("/0/after/patients").asInt()).isEqualTo(6);
        assertThat(changes.at("/1/by/person").asText()).isEqualTo("manager " + noa);
        assertThat(changes.at("/1/after/participates").asBoolean()).isTrue();
    }

    @Test
    void what_is_wrong_is_told() {
        people.named(noa);

        assertThat(faults("{\"email\": \"noa\"}")).containsExactly("email", "family", "given");
        assertThat(faults("{\"email\": \"%s\", \"family\": \"PETIT\", \"given\": \"Noa\"}".formatted(noa)))
                .containsExactly("email");
        assertThat(people.platform()
                        .post("/api/v1/facilities/1759999999/managers", """
                                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(noa))
                        .statusCode())
                .isEqualTo(404);
    }

    private List<String> faults(String json) {
        HttpResponse<String> refused = people.accountManager().post(people.ofCentre("/managers"), json);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return body(refused).path("errors").findValuesAsText("field");
    }

    private static List<String> emails(JsonNode page) {
        return page.path("managers").findValuesAsText("email");
    }
}
