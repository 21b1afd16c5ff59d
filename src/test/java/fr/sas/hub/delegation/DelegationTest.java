package fr.sas.hub.delegation;

import static fr.sas.hub.delegation.People.body;
import static fr.sas.hub.delegation.People.delegate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Delegates: asked for, accepted or refused, revoked; and what they may meanwhile. */
@HubTest
@Import(MovableClock.Wound.class)
class DelegationTest {

    private static final Instant FRIDAY = Instant.parse("2026-06-12T08:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    EndedDelegations ended;

    private People people;
    private String camille;

    @BeforeEach
    void alice_and_camille() {
        clock.moveTo(FRIDAY);
        people = new People(port);
        camille = people.email("camille");
    }

    @Test
    void whoever_works_nowhere_asks_for_nobody() {
        assertThat(people.platform()
                        .put(people.of(""), "{\"family\": \"DURAND\", \"places\": []}")
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> refused =
                people.practitioner().post(people.of("/delegations"), People.delegate(camille, "Tours"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("nationalId", "without a place of practice");
    }

    @Test
    void a_delegate_acts_from_the_moment_they_are_accepted_to_the_moment_they_are_revoked() {
        assertThat(types(camille)).isEqualTo(404);

        String delegation = people.asked(camille);
        assertThat(types(camille)).isEqualTo(404);

        people.accountManager().put(delegation + "/decision", "{\"accepted\": true}");
        assertThat(types(camille)).isEqualTo(201);
        assertThat(people.platform()
                        .json(people.of("/agenda/entries"))
                        .at("/entries/0/createdBy")
                        .asText())
                .isEqualTo("test-portal for delegate " + camille);

        assertThat(people.practitioner().delete(delegation).statusCode()).isEqualTo(204);
        assertThat(types(camille)).isEqualTo(404);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(404);
        assertThat(people.platform().json(delegation).path("state").asText()).isEqualTo("revoked");
    }

    @Test
    void the_calendar_a_delegate_made_an_address_for_closes_when_they_are_revoked() {
        String delegation = people.accepted(camille);
        String calendar = people.calendarMadeBy(people.delegate(camille), people.of("/agenda/feed"));
        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(200);

        people.practitioner().delete(delegation);

        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(404);
        JsonNode newest =
                people.practitioner().json(people.of("/history?kind=feed")).at("/changes/0");
        assertThat(newest.path("after").isNull()).isTrue();
        assertThat(newest.at("/by/person").asText()).isEqualTo("practitioner " + people.alice);
    }

    @Test
    void the_calendars_of_others_stay_when_a_delegate_is_revoked() {
        String delegation = people.accepted(camille);
        String others = people.email("noa-camille");
        people.accepted(others);
        String calendar = people.calendarMadeBy(people.delegate(others), people.of("/agenda/feed"));

        people.practitioner().delete(delegation);

        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_is_the_same_in_capital_letters() {
        people.accepted(camille.toUpperCase(java.util.Locale.ROOT));

        assertThat(types(camille)).isEqualTo(201);
        assertThat(types(camille.replace("camille", "Camille"))).isEqualTo(201);
    }

    @Test
    void a_delegate_of_one_practitioner_is_nobody_to_another() {
        people.accepted(camille);
        People others = new People(port);

        HttpResponse<String> refused = people.delegate(camille).get(others.of("/agenda/entries"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(body(refused).path("right").asText()).isEqualTo("agenda:read");
        assertThat(body(refused).path("detail").asText())
                .isEqualTo("delegate " + camille + " does not have the right agenda:read for " + others.alice
                        + ": there is no accepted delegation");
    }

    @Test
    void a_refusal_says_why_and_opens_nothing() {
        String delegation = people.asked(camille);

        assertThat(faults(people.accountManager().put(delegation + "/decision", "{\"accepted\": false}")))
                .containsExactly("reason");
        HttpResponse<String> refused = people.accountManager()
                .put(delegation + "/decision", "{\"accepted\": false, \"reason\": \"Adresse inconnue au cabinet\"}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(200);
        assertThat(types(camille)).isEqualTo(404);
        JsonNode read = people.practitioner().json(delegation);
        assertThat(read.path("state").asText()).isEqualTo("refused");
        assertThat(read.path("reason").asText()).isEqualTo("Adresse inconnue au cabinet");
        assertThat(read.path("changedBy").asText())
                .isEqualTo("test-portal for account-manager " + people.email("comptes"));
        assertThat(faults(people.accountManager().put(delegation + "/decision", "{\"accepted\": true}")))
                .containsExactly("accepted");
        people.accepted(camille);
        assertThat(types(camille)).isEqualTo(201);
    }

    @Test
    void nobody_accepts_their_own_delegate() {
        String delegation = people.asked(camille);

        for (HubClient person : List.of(people.practitioner(), people.delegate(camille), people.manager(camille))) {
            assertThat(person.put(delegation + "/decision", "{\"accepted\": true}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(people.platform().json(delegation).path("state").asText()).isEqualTo("requested");
    }

    @Test
    void an_account_manager_asks_in_a_practitioners_name_and_revokes() {
        HttpResponse<String> asked =
                people.accountManager().post(people.of("/delegations"), delegate(camille, "Tours"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        String delegation = asked.headers().firstValue("Location").orElseThrow();
        people.accountManager().put(delegation + "/decision", "{\"accepted\": true}");

        assertThat(people.accountManager().delete(delegation).statusCode()).isEqualTo(204);

        assertThat(types(camille)).isEqualTo(404);
    }

    @Test
    void settings_are_the_practitioners_own_word() {
        people.accepted(camille);

        assertThat(people.delegate(camille).get(people.of("/settings")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused =
                people.delegate(camille).put(people.of("/settings"), "{\"emergencyReorientation\": true}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(body(refused).path("right").asText()).isEqualTo("settings:write");
        assertThat(people.practitioner()
                        .put(people.of("/settings"), "{\"emergencyReorientation\": true}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void everything_that_is_wrong_with_a_request_is_told() {
        assertThat(faults(people.practitioner().post(people.of("/delegations"), "{}")))
                .containsExactly("email", "family", "given", "town");
        assertThat(faults(people.practitioner().post(people.of("/delegations"), delegate("camille", "T\\nours"))))
                .containsExactly("email", "town");
        assertThat(people.platform()
                        .post("/api/v1/practitioners/899999999999/delegations", delegate(camille, "Tours"))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "camille@exemple, false",
        "camille@@exemple.fr, false",
        "camille exemple.fr, false",
        "camille@exemple..fr, false",
        "camille@éxemple.fr, false",
        ".camille@exemple.fr, false",
        "camille.martin+sas@cabinet-3.exemple.fr, true"
    })
    void an_address_is_checked(String email, boolean good) {
        HttpResponse<String> asked = people.practitioner().post(people.of("/delegations"), delegate(email, "Tours"));

        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(good ? 201 : 422);
    }

    @Test
    void somebody_is_asked_for_once_at_a_time() throws Exception {
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                asked.add(CompletableFuture.supplyAsync(
                        () -> people.practitioner()
                                .post(people.of("/delegations"), delegate(camille, "Tours"))
                                .statusCode(),
                        many));
            }
        }

        assertThat(asked.stream().map(CompletableFuture::join))
                .containsOnlyOnce(201)
                .contains(422);
        assertThat(people.practitioner().json(people.of("/delegations")).path("delegations"))
                .hasSize(1);
    }

    @Test
    void of_two_account_managers_the_second_is_told() {
        String delegation = people.asked(camille);
        HubClient accounts = people.accountManager();

        assertThat(decided(accounts, delegation, "\"1\"").statusCode()).isEqualTo(200);
        HttpResponse<String> late = accounts.send(
                accounts.request(delegation).header("If-Match", "\"1\"").DELETE());

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(types(camille)).isEqualTo(201);
    }

    @Test
    void names_are_forgotten_a_year_after_the_end() {
        String revoked = people.asked(camille);
        people.practitioner().delete(revoked);
        String open = people.accepted(people.email("noa"));

        clock.moveTo(FRIDAY.plus(Duration.ofDays(366)));
        ended.forget();

        assertThat(people.platform().get(revoked).statusCode()).isEqualTo(404);
        assertThat(people.platform().get(open).statusCode()).isEqualTo(200);
    }

    private int types(String email) {
        return people.delegate(email)
                .post(people.of("/agenda/entries"), people.entry())
                .statusCode();
    }

    private static HttpResponse<String> decided(HubClient accounts, String delegation, String ifMatch) {
        return accounts.send(accounts.request(delegation + "/decision")
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .PUT(BodyPublishers.ofString("{\"accepted\": true}")));
    }

    private static List<String> faults(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return body(refused).path("errors").findValuesAsText("field");
    }
}
