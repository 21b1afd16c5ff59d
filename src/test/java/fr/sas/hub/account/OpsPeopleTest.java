package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who run the hub sign in to the console as everybody else signs in. */
class OpsPeopleTest extends PeopleHub {

    private People people;
    private HubClient ops;
    private String ola;

    @BeforeEach
    void an_account_of_role_ops() {
        people = new People(port);
        ops = HubClient.at(port).as("test-ops");
        ola = people.email("ola");
        account(ola, "[\"ops\"]");
    }

    @Test
    void an_account_of_role_ops_opens_the_console_once_the_terms_are_accepted() {
        PageReader person = signIn(ola, "Ola", "ROUSSEL");

        HttpResponse<String> console = person.open("/console");

        assertThat(console.uri().getPath()).isEqualTo("/ops");
        assertThat(console.statusCode()).isEqualTo(200);
        assertThat(person.open("/ops/outbox").uri().getPath()).isEqualTo("/ops/outbox");
    }

    @Test
    void a_page_of_the_console_leaves_the_session_as_it_is_so_that_what_it_loads_beside_it_is_known_too() {
        PageReader person = signIn(ola, "Ola", "ROUSSEL");
        person.open("/ops");

        assertThat(List.of("/ops", "/ops/outbox", "/ops/annuaire", "/espace"))
                .allSatisfy(address -> assertThat(person.open(address).headers().allValues("Set-Cookie"))
                        .noneMatch(cookie -> cookie.startsWith("hub-session")));
    }

    @Test
    void nobody_else_who_signed_in_does_and_who_did_not_is_led_to_the_sign_in() {
        String rene = people.email("rene");
        account(rene, "[\"regulator\"]");
        PageReader person = signIn(rene, "René", "GARNIER");

        assertThat(person.open("/console").statusCode()).isEqualTo(404);
        assertThat(person.open("/ops").uri().getPath()).isEqualTo("/ops/login");
        PageReader stranger = new PageReader(port);
        assertThat(stranger.open("/console").uri().getPath()).isEqualTo("/connexion");
        assertThat(stranger.open("/ops").body()).contains("href=\"/console\"", "type=\"password\"");
    }

    @Test
    void a_page_of_another_site_writes_nothing_in_their_name() {
        PageReader person = signIn(ola, "Ola", "ROUSSEL");
        person.open("/ops");

        HttpResponse<String> answer =
                person.submitFrom("https://elsewhere.example", "/ops/outbox/mail/stop", "reason", "test");

        assertThat(answer.uri().getPath()).isEqualTo("/ops/login");
    }

    @Test
    void whoever_quits_the_console_is_signed_out_at_the_provider_too() {
        PageReader person = signIn(ola, "Ola", "ROUSSEL");
        person.open("/ops");

        person.submit("/ops/logout");

        assertThat(person.passed()).anyMatch(address -> address.startsWith(wayOut()));
        assertThat(person.open("/ops").uri().getPath()).isEqualTo("/ops/login");
        assertThat(person.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void a_closed_account_has_no_console_any_more() {
        PageReader person = signIn(ola, "Ola", "ROUSSEL");
        assertThat(person.open("/ops").uri().getPath()).isEqualTo("/ops");
        String address =
                ops.json("/api/v1/accounts?text=" + ola).at("/accounts/0/id").asText();

        assertThat(people.platform()
                        .post("/api/v1/accounts/" + address + "/close", "")
                        .statusCode())
                .as("a portal changes nobody who runs the hub")
                .isEqualTo(403);
        assertThat(ops.post("/api/v1/accounts/" + address + "/close", "").statusCode())
                .isBetween(200, 299);

        assertThat(person.open("/ops").uri().getPath()).isEqualTo("/ops/login");
    }

    @Test
    void a_portal_gives_nobody_the_role_that_runs_the_hub() {
        String mallory = people.email("mallory");

        HttpResponse<String> refused = make(people.platform(), mallory, "[\"ops\"]");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(ops.get("/api/v1/accounts?text=" + mallory).body()).doesNotContain(mallory);
    }

    private void account(String email, String roles) {
        HttpResponse<String> made = make(ops, email, roles);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private static HttpResponse<String> make(HubClient client, String email, String roles) {
        return client.post("/api/v1/accounts", """
                {"email": "%s", "family": "ROUSSEL", "given": "Ola", "roles": %s, "territories": ["75"]}""".formatted(email, roles));
    }
}
