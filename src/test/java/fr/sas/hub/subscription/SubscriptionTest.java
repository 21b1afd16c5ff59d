package fr.sas.hub.subscription;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.outbox.Destination;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.SendResult;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A receiver that cannot hold a connection open is told of changes by rest-hook, and loses nothing while it is away. */
@HubTest
class SubscriptionTest {

    private static final String HOOK = Receiver.HOOK;
    private static final int PORT = FreePort.next();

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId bruno = Batches.newPractitioner();
    private final List<String> created = new ArrayList<>();
    private final Receiver told = new Receiver(PORT);
    private final WireMockServer receiver = told.server();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    NotificationCalls calls;

    @Autowired
    Subscriptions subscriptions;

    private HubClient hub;

    @DynamicPropertySource
    static void the_receiver_is_allowed(DynamicPropertyRegistry settings) {
        settings.add("hub.subscription.receivers", () -> "http://localhost:" + PORT);
        settings.add("hub.subscription.timeout", () -> "2s");
    }

    @BeforeEach
    void a_receiver() {
        LiveVendors.areIn(connectors, vendors);
        hub = HubClient.at(port);
        told.accepting();
    }

    @AfterEach
    void nobody_is_notified_any_more() {
        created.forEach(hub::delete);
        receiver.stop();
    }

    @Test
    void a_receiver_that_shakes_hands_is_told_the_resources_that_changed() {
        String subscription = subscribed("full-resource", alice);
        await().until(() -> status(subscription).equals("active"));
        assertThat(told.types()).containsExactly("handshake");

        index.replace(saying(0, alice).slot(in(1)).batch());

        await().until(() -> told.told().containsKey(slotOf(alice, 1)));
        assertThat(told.told())
                .hasEntrySatisfying(
                        slotOf(alice, 1),
                        slot -> assertThat(slot.path("resourceType").asText()).isEqualTo("Slot"));
        JsonNode notification = told.notifications().getLast();
        assertThat(notification.path("type").asText()).isEqualTo("history");
        assertThat(Receiver.parameter(notification, "subscription")
                        .at("/valueReference/reference")
                        .asText())
                .endsWith(subscription);
        assertThat(Receiver.parameter(notification, "topic")
                        .path("valueCanonical")
                        .asText())
                .isEqualTo(SubscriptionDocument.TOPIC);
        assertThat(Receiver.parameter(notification, "status").path("valueCode").asText())
                .isEqualTo("active");
        receiver.verify(postRequestedFor(urlPathEqualTo(HOOK)).withHeader("X-Secret", equalTo("of the receiver")));
    }

    @Test
    void only_the_practitioners_of_the_filter_are_told_of_and_only_by_their_ids_if_so_wished() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));

        index.replace(saying(0, bruno).slot(in(1)).batch());
        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> told.told().containsKey(slotOf(alice, 1)));
        index.replace(saying(1, alice).batch());

        await().until(() -> told.methods().containsValue("DELETE"));
        assertThat(told.told().values()).isNotEmpty().allMatch(JsonNode::isMissingNode);
        assertThat(told.told().keySet()).noneMatch(reference -> reference.contains(bruno.value()));
    }

    @Test
    void what_happens_while_the_receiver_is_away_is_told_when_it_is_back() {
        String subscription = subscribed("full-resource", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stop();

        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> status(subscription).equals("error"));
        index.replace(saying(1, alice).slot(in(2)).batch());

        receiver.start();
        await().until(() -> told.told().containsKey(slotOf(alice, 2)));
        await().until(() -> status(subscription).equals("active"));
        assertThat(told.told()).doesNotContainKey(slotOf(alice, 1));
    }

    @Test
    void a_receiver_that_refuses_is_in_error_and_told_again_until_it_accepts() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(aResponse().withStatus(400)));

        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> status(subscription).equals("error"));
        assertThat(hub.json(subscription).path("error").asText()).contains("400");

        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(ok()));
        await().until(() -> status(subscription).equals("active"));
        assertThat(hub.json(subscription).has("error")).isFalse();
    }

    @Test
    void a_receiver_that_begins_its_answer_and_never_ends_it_is_in_error_and_told_again() throws IOException {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stop();

        try (ServerSocket socket = new ServerSocket(PORT)) {
            Thread.ofVirtual().start(() -> beginAnswers(socket));
            index.replace(saying(0, alice).slot(in(1)).batch());
            await().until(() -> hub.json(subscription).path("error").asText().contains("No complete answer"));
        }

        told.accepting();
        await().until(() -> told.told().containsKey(slotOf(alice, 1)));
        await().until(() -> status(subscription).equals("active"));
    }

    private static void beginAnswers(ServerSocket socket) {
        List<Socket> open = new ArrayList<>();
        try {
            while (true) {
                Socket caller = socket.accept();
                open.add(caller);
                caller.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            open.forEach(SubscriptionTest::hangUp); // the test is over
        }
    }

    private static void hangUp(Socket caller) {
        try {
            caller.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its answer was lost: the same events come again, under the same numbers. */
    @Test
    void a_notification_whose_answer_is_lost_is_repeated_with_its_numbers() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stubFor(post(urlPathEqualTo(HOOK))
                .inScenario("lost")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("back")
                .willReturn(serverError()));

        index.replace(saying(0, alice).slot(in(1)).batch());

        await().until(() -> events(subscription) > 0);
        List<Long> numbers = told.eventNumbers();
        assertThat(numbers).hasSizeGreaterThan((int) events(subscription));
        assertThat(new TreeSet<>(numbers))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events(subscription)).boxed().toList());
    }

    /** It may have taken what it did not confirm, and ignores numbers that it has seen. */
    @Test
    void what_changes_before_a_notification_is_repeated_is_told_under_numbers_that_its_receiver_has_not_seen() {
        String subscription = subscribed("id-only", alice);
        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> told.slots().contains(slotOf(alice, 1)));
        await().until(() -> events(subscription) > 0);
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(serverError()));
        index.replace(saying(1, alice).slot(in(2)).batch());
        await().until(() -> told.slots().contains(slotOf(alice, 2)));

        index.replace(saying(2, alice).slot(in(3)).batch());
        int before = told.notifications().size();
        await().until(() -> told.notifications().size() > before + 1);
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(ok()));

        await().untilAsserted(() -> assertThat(told.slots()).containsExactly(slotOf(alice, 3)));
    }

    /** Nobody can have taken it: nothing looks as if it were missing. */
    @Test
    void what_changes_while_a_receiver_refuses_or_is_away_leaves_no_gap_in_the_numbers() {
        String subscription = subscribed("id-only", alice);
        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> events(subscription) > 0);
        long known = events(subscription);
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(aResponse().withStatus(404)));
        index.replace(saying(1, alice).slot(in(2)).batch());
        await().until(() -> status(subscription).equals("error"));
        receiver.stop();
        index.replace(saying(2, alice).slot(in(3)).slot(in(4)).batch());
        await().until(() -> hub.json(subscription).path("error").asText().contains("Connect"));

        receiver.resetRequests();
        told.accepting();

        await().until(() -> told.told().containsKey(slotOf(alice, 4)));
        assertThat(told.eventNumbers().getFirst()).isEqualTo(known + 1);
    }

    @Test
    void a_receiver_that_answers_410_is_left_alone() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(aResponse().withStatus(410)));

        index.replace(saying(0, alice).slot(in(1)).batch());

        await().until(() -> status(subscription).equals("off"));
        await("nothing is left that an operator would have to look at")
                .until(() -> letters(subscription) == 0 && !hasDestination(subscription));
    }

    /** As after a restart with fewer addresses in {@code hub.subscription.receivers}. */
    @Test
    void an_address_that_is_no_longer_allowed_is_not_notified_until_it_is_allowed_again() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        await().until(() -> letters(subscription) == 0);
        readdress(subscription, "localhost", "127.0.0.1");
        receiver.resetRequests();

        index.replace(saying(0, alice).slot(in(1)).batch());
        assertThat(calls.send(letter(subscription))).isEqualTo(SendResult.DROPPED);

        await().until(() -> status(subscription).equals("error"));
        assertThat(Receiver.error(hub.json(subscription + "/$status"))).contains("hub.subscription.receivers");
        assertThat(told.notifications()).isEmpty();
        readdress(subscription, "127.0.0.1", "localhost");
        await().until(() -> told.told().containsKey(slotOf(alice, 1)));
        await().until(() -> status(subscription).equals("active"));
    }

    @Test
    void a_quiet_subscription_whose_address_is_allowed_again_is_active_again() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));

        readdress(subscription, "localhost", "127.0.0.1");
        await().until(() -> status(subscription).equals("error"));
        readdress(subscription, "127.0.0.1", "localhost");

        await().until(() -> status(subscription).equals("active"));
    }

    /** In a rollout of other settings, nodes with the former ones run beside those with the new. */
    @Test
    void an_address_that_another_node_does_not_allow_is_allowed_again_once_none_says_so() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active") && letters(subscription) == 0);
        jdbc.update("""
                UPDATE subscription SET status = 'ERROR', trouble = 'not allowed', not_allowed_at = clock_timestamp() + interval '1 hour'
                WHERE id = ?::uuid""", id(subscription));

        subscriptions.scanAll();

        assertThat(status(subscription)).isEqualTo("error");
        jdbc.update(
                "UPDATE subscription SET not_allowed_at = clock_timestamp() - interval '1 hour' WHERE id = ?::uuid",
                id(subscription));
        await().until(() -> status(subscription).equals("active"));
    }

    private boolean hasDestination(String subscription) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM outbox_destination WHERE name = 'subscription-' || ?)",
                Boolean.class,
                id(subscription)));
    }

    private void readdress(String subscription, String from, String to) {
        jdbc.update(
                "UPDATE subscription SET document = replace(document, ?, ?) WHERE id = ?::uuid",
                "http://" + from + ":",
                "http://" + to + ":",
                id(subscription));
    }

    private static Letter letter(String subscription) {
        return new Letter(
                1,
                new Destination("subscription-" + id(subscription), SubscriptionRow.CHANNEL),
                id(subscription),
                "{}",
                1,
                Instant.now());
    }

    private int letters(String subscription) {
        return jdbc.queryForObject("SELECT count(*) FROM outbox_letter WHERE key = ?", Integer.class, id(subscription));
    }

    private static String id(String subscription) {
        return subscription.replaceAll(".*/", "");
    }

    @Test
    void a_subscription_whose_end_passes_while_its_receiver_fails_is_off() {
        String subscription = subscribed("id-only", alice);
        await().until(() -> status(subscription).equals("active"));
        receiver.stubFor(post(urlPathEqualTo(HOOK)).willReturn(serverError()));
        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> status(subscription).equals("error"));

        jdbc.update(
                "UPDATE subscription SET ends_at = clock_timestamp() WHERE id = ?::uuid",
                subscription.replaceAll(".*/", ""));

        await().until(() -> status(subscription).equals("off"));
    }

    /** Removals are not kept for ever, and operators may let everybody start over (docs/runbook/changes-behind.md). */
    @Test
    void a_receiver_of_which_nobody_knows_what_followed_is_told_to_read_everything_and_goes_on() {
        String subscription = subscribed("id-only", alice);
        index.replace(saying(0, alice).slot(in(1)).batch());
        await().until(() -> told.told().containsKey(slotOf(alice, 1)));

        jdbc.update("UPDATE changes_head SET (position, complete_from) = (SELECT position + 1, position + 1)");
        index.replace(saying(1, alice).slot(in(1)).slot(in(2)).batch());

        await().until(() -> told.types().contains("heartbeat"));
        JsonNode notice = told.notifications().stream()
                .filter(one -> Receiver.type(one).equals("heartbeat"))
                .findFirst()
                .orElseThrow();
        assertThat(Receiver.error(notice)).isEqualTo(SubscriptionStatus.MAY_LACK_EVENTS);
        assertThat(told.eventNumbers()).isSorted().doesNotContain(Receiver.events(notice));
        assertThat(Receiver.events(notice))
                .as("far ahead")
                .isGreaterThan(told.eventNumbers().getFirst() + 1_000_000);
        await().until(() -> status(subscription).equals("active"));
        index.replace(saying(2, alice).slot(in(3)).batch());
        await().until(() -> told.told().containsKey(slotOf(alice, 3)));
        assertThat(Receiver.error(told.notifications().getLast())).isEmpty();
    }

    @Test
    void when_nothing_happens_a_heartbeat_says_so() {
        subscribed("id-only", """
                "extension": [{"url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-heartbeat-period",
                  "valueUnsignedInt": 1}],""", alice);

        await().until(() -> told.types().contains("heartbeat"));
    }

    @Test
    void a_subscription_is_read_without_its_secrets_found_and_deleted_by_its_owner_only() {
        String subscription = subscribed("id-only", alice);
        HubClient stranger = hub.as("test-platform");

        assertThat(hub.get(subscription).body())
                .contains(SubscriptionDocument.TOPIC)
                .doesNotContain("of the receiver");
        assertThat(hub.json("/fhir/Subscription").path("total").asInt()).isEqualTo(1);
        assertThat(hub.json(subscription + "/$status")
                        .at("/entry/0/resource/resourceType")
                        .asText())
                .isEqualTo("Parameters");
        assertThat(stranger.get(subscription).statusCode()).isEqualTo(404);
        assertThat(stranger.json("/fhir/Subscription").path("total").asInt()).isZero();
        assertThat(stranger.delete(subscription).statusCode()).isEqualTo(404);
        assertThat(hub.as("test-portal").get("/fhir/Subscription").statusCode()).isEqualTo(403);
        assertThat(hub.delete(subscription).statusCode()).isEqualTo(204);
        assertThat(hub.get(subscription).statusCode()).isEqualTo(404);
    }

    @Test
    void what_the_hub_would_not_do_is_refused_with_its_element() {
        assertThat(refused(document("id-only", "", alice).replace("http://localhost:", "http://127.0.0.1:")))
                .contains("Subscription.channel.endpoint");
        assertThat(refused(document("id-only", "", alice).replace("rest-hook", "email")))
                .contains("Subscription.channel.type");
        assertThat(refused(document("everything", "", alice))).contains("Subscription.channel.payload.extension");
        assertThat(refused(document("id-only", "", alice).replace("slots-changed", "weather")))
                .contains("Subscription.criteria");
        assertThat(refused(document("id-only", "", alice).replace(alice.value(), "nobody")))
                .contains("Subscription.criteria.extension");
        assertThat(refused(document("id-only", "", alice).replace("X-Secret", "Host")))
                .contains("Subscription.channel.header");
    }

    private String refused(String document) {
        HttpResponse<String> answer = hub.post("/fhir/Subscription", document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return answer.body();
    }

    private String subscribed(String content, PractitionerId who) {
        return subscribed(content, "", who);
    }

    private String subscribed(String content, String extensions, PractitionerId who) {
        HttpResponse<String> answer = hub.post("/fhir/Subscription", document(content, extensions, who));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String path = answer.headers().firstValue("Location").orElseThrow().replaceAll("^http://[^/]+", "");
        created.add(path);
        return path;
    }

    private static String document(String content, String extensions, PractitionerId who) {
        return Receiver.document(PORT, content, extensions, who);
    }

    private String status(String subscription) {
        return hub.json(subscription).path("status").asText();
    }

    private long events(String subscription) {
        return Receiver.events(hub.json(subscription + "/$status"));
    }

    /** As a search finds it. */
    private String slotOf(PractitionerId who, int hours) {
        for (JsonNode entry : hub.json(HubClient.slotsOf(now, who.value())).path("entry")) {
            JsonNode resource = entry.path("resource");
            if (resource.path("resourceType").asText().equals("Slot")
                    && OffsetDateTime.parse(resource.path("start").asText())
                            .toInstant()
                            .equals(in(hours))) {
                return "Slot/" + resource.path("id").asText();
            }
        }
        return "no slot in " + hours + " hours";
    }

    private ScreenedBatchBuilder saying(int later, PractitionerId who) {
        return ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(later), who);
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
