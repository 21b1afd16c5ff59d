package fr.sas.hub.delegation;

import static fr.sas.hub.delegation.People.body;
import static fr.sas.hub.delegation.People.delegate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Delegates of a health centre: its manager asks, an account manager decides, and they keep the centre's agenda. */
@HubTest
@Import(MovableClock.Wound.class)
class CentreDelegationTest {

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    private People people;
    private String camille;
    private HubClient noa;

    @BeforeEach
    void noa_manages_the_centre() {
        clock.moveTo(Instant.parse("2026-06-12T08:00:00Z"));
        people = new People(port);
        camille = people.email("camille");
        people.named(people.email("noa"));
        noa = people.manager(people.email("noa"));
    }

    @Test
    void a_centres_delegate_keeps_its_agenda_from_the_moment_they_are_accepted_to_the_moment_they_are_revoked() {
        assertThat(types()).isEqualTo(404);
        String delegation = asked();
        assertThat(types()).isEqualTo(404);

        decide(delegation);
        assertThat(types()).isEqualTo(201);
        assertThat(noa.json(people.ofCentre("/agenda/entries"))
                        .at("/entries/0/createdBy")
                        .asText())
                .isEqualTo("test-portal for delegate " + camille);
        assertThat(people.delegate(camille).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(200);
        assertThat(people.delegate(camille)
                        .put(people.ofCentre("/settings"), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .as("nobody to a practitioner")
                .isEqualTo(404);

        String calendar = people.calendarMadeBy(people.delegate(camille), people.ofCentre("/agenda/feed"));
        assertThat(noa.delete(delegation).statusCode()).isEqualTo(204);
        assertThat(types()).isEqualTo(404);
        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(404);
        assertThat(noa.json(delegation).path("state").asText()).isEqualTo("revoked");
    }

    @Test
    void a_centres_requests_stand_among_the_others_with_its_name_and_in_its_history() {
        String delegation = asked();

        JsonNode listed = people.accountManager()
                .json("/api/v1/delegations?delegate=" + camille)
                .at("/delegations/0");
        assertThat(listed.path("facility").asText()).isEqualTo(people.centre);
        assertThat(listed.path("facilityName").asText()).isEqualTo("Centre des Tilleuls");
        assertThat(listed.has("practitioner")).isFalse();
        assertThat(noa.json(people.ofCentre("/delegations")).path("delegations"))
                .hasSize(1);
        assertThat(noa.json(people.ofCentre("/history?kind=delegation"))
                        .at("/changes/0/about")
                        .asText())
                .isEqualTo("delegations/" + delegation.substring(delegation.lastIndexOf('/') + 1));
    }

    @Test
    void only_the_centres_own_managers_and_account_managers_ask_and_only_the_latter_decide() {
        People others = new People(port);
        String request = delegate(camille, "Tours");

        assertThat(List.of(
                        others.manager(others.email("noa")).post(people.ofCentre("/delegations"), request),
                        people.practitioner().post(people.ofCentre("/delegations"), request),
                        noa.post(people.of("/delegations"), request),
                        noa.put(asked() + "/decision", "{\"accepted\": true}")))
                .extracting(HttpResponse::statusCode)
                .containsExactly(404, 404, 404, 403);
        assertThat(people.accountManager()
                        .post(people.ofCentre("/delegations"), delegate(people.email("lou"), "Tours"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_structure_that_is_no_health_centre_has_no_delegates() {
        people.platform().put("/api/v1/facilities/" + people.centre, """
                {"name": "MSP", "kind": "msp", "line": "2 rue", "postalCode": "75001", "city": "VILLE"}""");

        HttpResponse<String> refused =
                people.accountManager().post(people.ofCentre("/delegations"), delegate(camille, "Tours"));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    }

    /** @return the address of the delegation */
    private String asked() {
        HttpResponse<String> asked = noa.post(people.ofCentre("/delegations"), delegate(camille, "Tours"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        assertThat(body(asked).path("state").asText()).isEqualTo("requested");
        return asked.headers().firstValue("Location").orElseThrow();
    }

    private void decide(String delegation) {
        HttpResponse<String> decided = people.accountManager().put(delegation + "/decision", "{\"accepted\": true}");
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
    }

    /** @return the answer to the delegate who types an entry of the centre */
    private int types() {
        return people.delegate(camille)
                .post(people.ofCentre("/agenda/entries"), """
                        {"date": "2026-06-15", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""")
                .statusCode();
    }
}
