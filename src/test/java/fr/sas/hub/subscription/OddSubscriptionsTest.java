package fr.sas.hub.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.changes.Position;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is odd in one subscription, or in one question, keeps nobody from the others. */
@HubTest
class OddSubscriptionsTest {

    private static final int PORT = FreePort.next();
    private static final String ENDPOINT = "http://localhost:" + PORT + "/hook";

    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    SubscriptionTables tables;

    @Autowired
    PlatformTransactionManager transactions;

    private HubClient hub;

    @DynamicPropertySource
    static void the_receiver_is_allowed(DynamicPropertyRegistry settings) {
        settings.add("hub.subscription.receivers", () -> "http://localhost:" + PORT);
    }

    @BeforeEach
    void a_client() {
        hub = HubClient.at(port);
    }

    @AfterEach
    void nobody_subscribes_any_more() {
        jdbc.update("DELETE FROM subscription");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"meta\": \"x\"", "\"meta\": []", "\"meta\": 5", "\"text\": \"\\ud800\"", "\"contact\": 1"})
    void a_subscription_with_an_element_of_another_type_is_refused_and_the_list_stays_readable(String element) {
        HttpResponse<String> answer = hub.post(
                "/fhir/Subscription", document().replaceFirst("\\{", Matcher.quoteReplacement("{" + element + ",")));

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(hub.json("/fhir/Subscription").path("total").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jsonb_set(document::jsonb, '{meta}', '\"x\"')::text",
                "jsonb_set(document::jsonb, '{channel}', '5')::text",
                "'not JSON any more'"
            })
    void a_stored_subscription_that_cannot_be_read_leaves_the_list_readable(String document) {
        subscribed();
        subscribed();
        jdbc.update("UPDATE subscription SET document = " + document
                + " WHERE id = (SELECT id FROM subscription ORDER BY created_at LIMIT 1)");

        for (HubClient reader : List.of(hub, hub.as("test-ops"))) {
            assertThat(reader.json("/fhir/Subscription").path("total").asInt()).isEqualTo(2);
            assertThat(reader.json("/fhir/Subscription?url=" + encoded(ENDPOINT))
                            .path("total")
                            .asInt())
                    .isPositive();
            assertThat(reader.json("/fhir/Subscription/$status").path("total").asInt())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/Subscription?status",
                "/fhir/Subscription?url",
                "/fhir/Subscription?url=",
                "/fhir/Subscription?status=active&status=off",
                "/fhir/Subscription/$status?id"
            })
    void a_parameter_that_says_nothing_or_two_things_is_refused(String path) {
        HttpResponse<String> answer = hub.get(path);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void an_address_is_found_as_it_is_written_in_a_query() {
        subscribed();

        assertThat(hub.json("/fhir/Subscription?url=" + encoded(ENDPOINT))
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(hub.json("/fhir/Subscription?url=" + ENDPOINT).path("total").asInt())
                .isOne();
        assertThat(hub.json("/fhir/Subscription?url=" + encoded(ENDPOINT + "/another"))
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void several_statuses_may_be_asked_for() {
        subscribed();

        assertThat(hub.json("/fhir/Subscription?status=requested,error")
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(hub.json("/fhir/Subscription?status=active,off")
                        .path("total")
                        .asInt())
                .isZero();
    }

    @Test
    void a_stored_subscription_whose_address_cannot_be_read_says_so() {
        subscribed();
        jdbc.update("UPDATE subscription SET document = 'not JSON any more'");

        await().untilAsserted(
                        () -> assertThat(hub.json("/fhir/Subscription/$status").findValuesAsText("text"))
                                .singleElement()
                                .asString()
                                .contains("create it again"));
    }

    /** Which reads three numbers, and all rows at once (docs/upgrade.md). */
    @Test
    void the_last_release_reads_where_a_subscription_is_and_this_one_knows_more() {
        subscribed();
        UUID id = tables.list(null).getFirst().id();
        Position onItsWay = new Position(12, 7, 7, 30);
        Position further = new Position(15, 7, 7, 30);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            tables.startOver(id, onItsWay);
            assertThat(stored(id)).isEqualTo("12-7-7");
            assertThat(tables.find(id).orElseThrow().position()).isEqualTo(onItsWay);
            tables.moveOn(id, onItsWay, further);
            assertThat(stored(id)).isEqualTo("15-7-7");
            assertThat(tables.find(id).orElseThrow().position()).isEqualTo(further);
            jdbc.update("UPDATE subscription SET position = '44' WHERE id = ?", id); // as that release does
            assertThat(tables.find(id).orElseThrow().position()).isEqualTo(Position.of(44));
        });
    }

    private @Nullable String stored(UUID id) {
        return jdbc.queryForObject("SELECT position FROM subscription WHERE id = ?", String.class, id);
    }

    private void subscribed() {
        HttpResponse<String> answer = hub.post("/fhir/Subscription", document());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String document() {
        return Receiver.document(PORT, "id-only", "", alice);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
