package fr.sas.hub.delegation;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Account managers are named by the platform, and what is asked for reaches those of the territory only. */
@HubTest
class AccountManagersTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AccountManagerRows rows;

    @Autowired
    PlatformTransactionManager transactions;

    private People people;
    private String camille;

    @BeforeEach
    void alice_works_in_paris() {
        people = new People(port);
        camille = people.email("camille");
    }

    @Test
    void a_request_reaches_the_account_managers_of_the_territory_and_nobody_else() {
        String asked = people.asked(camille);
        HubClient ofParis = people.accountManagerOf("paris", "2A", "75");
        HubClient ofGironde = people.accountManagerOf("gironde", "33");

        assertThat(delegatesSeenBy(ofParis)).containsExactly(camille);
        assertThat(delegatesSeenBy(ofGironde)).isEmpty();
        assertThat(ofGironde.get(asked).statusCode()).isEqualTo(404);
        HttpResponse<String> refused = ofGironde.put(asked + "/decision", "{\"accepted\": true}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(body(refused).path("detail").asText()).contains("account managers act for those in their territory");
        assertThat(ofGironde.delete(asked).statusCode()).isEqualTo(404);
        assertThat(ofParis.put(asked + "/decision", "{\"accepted\": true}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoever_works_in_two_territories_is_of_both_and_whoever_moves_takes_the_requests_along() {
        people.asked(camille);
        HubClient ofParis = people.accountManagerOf("paris", "75");
        HubClient ofGironde = people.accountManagerOf("gironde", "33");

        works("75001", "33000");
        assertThat(delegatesSeenBy(ofParis)).containsExactly(camille);
        assertThat(delegatesSeenBy(ofGironde)).containsExactly(camille);

        works("33000", "33100");
        assertThat(delegatesSeenBy(ofParis)).isEmpty();
        assertThat(delegatesSeenBy(ofGironde)).containsExactly(camille);
        assertThat(ofParis.get(people.of("/delegations")).statusCode()).isEqualTo(404);
    }

    @Test
    void managers_of_facilities_are_named_and_seen_by_those_of_the_territory() {
        String noa = people.email("noa");
        people.named(noa);
        HubClient ofGironde = people.accountManagerOf("gironde", "33");

        String another =
                "{\"email\": \"%s\", \"family\": \"PETIT\", \"given\": \"Lou\"}".formatted(people.email("lou"));
        assertThat(ofGironde.post(people.ofCentre("/managers"), another).statusCode())
                .isEqualTo(404);
        assertThat(ofGironde.json("/api/v1/managers?email=" + noa).path("managers"))
                .isEmpty();
        assertThat(people.accountManager().json("/api/v1/managers?email=" + noa).path("managers"))
                .hasSize(1);
    }

    @Test
    void nobody_is_an_account_manager_because_a_portal_calls_them_so() {
        HubClient invented = people.platform().actingFor("account-manager " + people.email("inconnu"));

        for (String path : List.of("/api/v1/delegations", people.of("/delegations"), people.of(""))) {
            assertThat(invented.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(body(invented.get("/api/v1/managers")).path("detail").asText())
                .contains("is not a recorded account manager");
    }

    @Test
    void a_territory_that_changes_and_an_account_manager_who_leaves_count_at_once() {
        people.asked(camille);
        HubClient sacha = people.accountManagerOf("sacha", "33");
        HubClient platform = people.platform();
        String address = "/api/v1/account-managers/"
                + platform.json("/api/v1/account-managers?email=" + people.email("sacha"))
                        .at("/accountManagers/0/id")
                        .asText();
        HttpResponse<String> read = platform.get(address);
        String moved = read.body().replace("\"33\"", "\"92\", \"75\"");

        assertThat(put(platform, address, moved, "\"7\"").statusCode()).isEqualTo(412);
        JsonNode changed = HubClient.json(
                put(platform, address, moved, read.headers().firstValue("ETag").orElseThrow()));
        assertThat(changed.path("territories").toString()).isEqualTo("[\"75\",\"92\"]");
        assertThat(changed.path("changedBy").asText()).isEqualTo("test-portal");
        assertThat(delegatesSeenBy(sacha)).containsExactly(camille);

        assertThat(platform.delete(address).statusCode()).isEqualTo(204);
        assertThat(sacha.get("/api/v1/delegations").statusCode()).isEqualTo(403);
        assertThat(platform.get(address).statusCode()).isEqualTo(404);
    }

    @Test
    void a_row_that_somebody_changed_since_it_was_read_is_not_overwritten() {
        String email = people.email("comptes");
        String address = "/api/v1/account-managers?email=" + email;

        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    AccountManager read =
                            rows.findByEmail(new EmailAddress(email)).orElseThrow();
                    jdbcOfSomebodyElse(
                            "UPDATE delegation_account_manager SET version = version + 1, given = 'Lou' WHERE email = '"
                                    + email + "'");
                    read.move(new EmailAddress(people.email("autre")));
                }));
        assertThat(people.platform()
                        .json(address)
                        .at("/accountManagers/0/given")
                        .asText())
                .isEqualTo("Lou");
    }

    /** In a transaction of its own. */
    private void jdbcOfSomebodyElse(String sql) {
        TransactionTemplate apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        apart.executeWithoutResult(status -> jdbc.update(sql));
    }

    @Test
    void what_is_wrong_is_told_and_persons_are_refused() {
        HubClient platform = people.platform();
        String complete = """
                {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": ["75"]}""".formatted(people.email("comptes"));

        assertThat(faults(platform.post(
                        "/api/v1/account-managers", "{\"territories\": [\"75\", \"20\", null, \"980\"]}")))
                .containsExactly("email", "family", "given", "territories[1]", "territories[2]", "territories[3]");
        assertThat(faults(platform.post("/api/v1/account-managers", complete.replace("[\"75\"]", "[]"))))
                .containsExactly("territories");
        assertThat(faults(platform.post("/api/v1/account-managers", complete))).containsExactly("email");
        assertThat(platform.get("/api/v1/account-managers?territory=99").statusCode())
                .isEqualTo(422);
        for (HubClient person : List.of(people.practitioner(), people.accountManager())) {
            assertThat(person.get("/api/v1/account-managers").statusCode()).isEqualTo(403);
            assertThat(person.post("/api/v1/account-managers", complete).statusCode())
                    .isEqualTo(403);
        }
        assertThat(HubClient.at(port).get("/api/v1/account-managers").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "75, 75001, 75116",
        "01, 01000, 01999",
        "2A, 20000, 20190",
        "2B, 20200, 20620",
        "971, 97100, 97190",
        "977, 97133, 97133",
        "978, 97150, 97150",
        "988, 98800, 98890",
    })
    void a_postal_code_is_of_one_territory(String code, String first, String last) {
        List<Territory> all = all();

        for (String postalCode : List.of(first, last)) {
            assertThat(all.stream()
                            .filter(territory ->
                                    Territories.of(List.of(territory)).cover(postalCode)))
                    .as(postalCode)
                    .containsExactly(new Territory(code));
        }
    }

    @Test
    void the_database_reads_postal_codes_as_the_rights_do_and_none_is_of_two_territories() {
        List<Territory> all = all();
        assertThat(all).hasSize(107);
        for (Territory territory : all) {
            Territories territories = Territories.of(List.of(territory));
            List<String> inTheDatabase = jdbc.queryForList(
                    "SELECT lpad(n::text, 5, '0') FROM generate_series(0, 99999) AS n WHERE lpad(n::text, 5, '0') ~ ? ORDER BY n",
                    String.class,
                    territories.postalCodes());
            assertThat(IntStream.range(0, 100_000).mapToObj("%05d"::formatted).filter(territories::cover))
                    .as(territory.code())
                    .isNotEmpty()
                    .containsExactlyElementsOf(inTheDatabase);
        }
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(thousand -> "%03d".formatted(thousand))
                        .flatMap(start -> Stream.of(start + "00", start + "33", start + "50"))
                        .filter(postalCode -> all.stream()
                                        .filter(territory -> Territories.of(List.of(territory))
                                                .cover(postalCode))
                                        .count()
                                > 1))
                .isEmpty();
    }

    private static List<Territory> all() {
        Stream<String> numbers =
                IntStream.range(0, 1_000).boxed().flatMap(number -> Stream.of("%02d".formatted(number), "" + number));
        return Stream.concat(numbers, Stream.of("2A", "2B"))
                .distinct()
                .map(Territory::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private void works(String... postalCodes) {
        StringBuilder places = new StringBuilder();
        for (int i = 0; i < postalCodes.length; i++) {
            places.append(i == 0 ? "" : ", ").append("""
                    {"structures": ["175%06d%d"], "postalCode": "%s", "city": "VILLE"}""".formatted(1, i, postalCodes[i]));
        }
        HubClient.json(people.platform().put(people.of(""), """
                {"family": "DURAND", "given": ["Alice"], "places": [%s]}""".formatted(places)));
    }

    private List<String> delegatesSeenBy(HubClient accountManager) {
        return StreamSupport.stream(
                        accountManager
                                .json("/api/v1/delegations?state=requested&delegate=" + camille)
                                .path("delegations")
                                .spliterator(),
                        false)
                .map(delegation -> delegation.path("email").asText())
                .toList();
    }

    private static HttpResponse<String> put(HubClient platform, String path, String json, String ifMatch) {
        return platform.send(platform.request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .PUT(BodyPublishers.ofString(json)));
    }

    private static List<String> faults(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return body(refused).path("errors").findValuesAsText("field");
    }
}
