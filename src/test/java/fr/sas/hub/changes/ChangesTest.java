package fr.sas.hub.changes;

import static fr.sas.hub.changes.FollowingConsumer.told;
import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

/** The platform follows what changes instead of asking for everybody again and again. */
@HubTest
class ChangesTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId bruno = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MeterRegistry meters;

    @Autowired
    ChangesDemand demand;

    private HubClient hub;

    @BeforeEach
    void two_vendors_and_the_platform() {
        LiveVendors.areIn(connectors, vendors);
        hub = HubClient.at(port);
        hub.json("/fhir/Slot/$changes");
    }

    @Test
    void a_consumer_that_begins_with_nothing_is_told_everything_as_searches_show_it() {
        index.replace(saying(now, alice).slot(in(1)).slot(in(2)).batch());
        FollowingConsumer consumer = FollowingConsumer.withNothing(hub);

        await().untilAsserted(() -> {
            consumer.catchUp();
            assertThat(consumer.shows(alice.value(), now))
                    .isEqualTo(searched(alice))
                    .hasSize(5);
        });
    }

    @Test
    void a_slot_that_appears_changes_or_goes_is_told_and_nothing_else_of_its_practitioner() {
        index.replace(saying(now, alice).slot(in(1)).slot(in(2)).batch());
        FollowingConsumer consumer = upToDate(alice);

        index.replace(saying(now.plusMillis(1), alice).slot(in(2)).slot(in(3)).batch());

        JsonNode page = awaitPage(consumer.position());
        assertThat(told(page)).hasSize(2).first().asString().startsWith("DELETE Slot/" + alice);
        assertThat(told(page)).last().asString().startsWith("PUT Slot/" + alice);
    }

    @Test
    void a_confirmation_is_no_change() {
        index.replace(saying(now.minusSeconds(60), alice).slot(in(1)).batch());
        FollowingConsumer consumer = upToDate(alice);
        String before = consumer.position();

        index.replace(saying(now, alice).slot(in(1)).batch());
        index.replace(saying(now, bruno).slot(in(1)).batch());

        assertThat(told(awaitPage(before))).isNotEmpty().allMatch(entry -> !entry.contains(alice.value()));
    }

    @Test
    void a_refusal_deletes_every_slot_of_a_practitioner() {
        index.replace(saying(now, alice).slot(in(1)).slot(in(2)).batch());
        FollowingConsumer consumer = upToDate(alice);

        refuses(alice);

        assertThat(told(awaitPage(consumer.position())))
                .hasSize(5)
                .allMatch(entry -> entry.startsWith("DELETE ") && entry.contains(alice.value()));
    }

    @Test
    void what_happened_while_nobody_followed_is_told_to_whoever_begins_again() {
        index.replace(saying(now, alice).slot(in(1)).batch());
        upToDate(alice);
        nobodyFollowsAnyMore();

        refuses(alice);
        index.replace(saying(now, bruno).slot(in(1)).batch());
        await().until(() -> searched(alice).isEmpty() && !searched(bruno).isEmpty());

        FollowingConsumer consumer = upToDate(alice, bruno);
        assertThat(consumer.shows(alice.value(), now)).isEmpty();
    }

    @Test
    void pages_are_bounded_and_keep_each_subject_whole() {
        FollowingConsumer consumer = upToDate();
        String before = consumer.position();
        List<PractitionerId> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            PractitionerId one = Batches.newPractitioner();
            many.add(one);
            index.replace(saying(now, one).slot(in(1)).slot(in(2)).batch());
        }

        List<String> expected = many.stream().map(PractitionerId::value).toList();
        await().until(() -> subjectsSince(before, 12).containsAll(expected));
        assertThat(subjectsSince(before, 12)).doesNotHaveDuplicates();
    }

    @Test
    void a_consumer_that_began_at_the_hubs_position_and_read_everything_loses_nothing() {
        index.replace(saying(now, alice).slot(in(1)).batch());
        FollowingConsumer consumer = FollowingConsumer.fromWhereTheHubSays(hub);
        consumer.read(hub.json(everything(alice)));

        index.replace(saying(now.plusMillis(1), alice).slot(in(2)).batch());

        await().untilAsserted(() -> {
            consumer.catchUp();
            assertThat(consumer.shows(alice.value(), now))
                    .isEqualTo(searched(alice))
                    .hasSize(4);
        });
    }

    @Test
    void a_position_whose_removals_are_forgotten_is_gone_and_says_where_to_begin() {
        index.replace(saying(now, alice).slot(in(1)).batch());
        FollowingConsumer consumer = upToDate(alice);
        String tooOld = String.valueOf(jdbc.queryForObject("SELECT complete_from - 1 FROM changes_head", Long.class));

        HttpResponse<String> answer = hub.get("/fhir/Slot/$changes?since=" + tooOld);

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("OperationOutcome", "expired", "since=0");
        assertThat(hub.get("/fhir/Slot/$changes?since=999999999999999").statusCode())
                .isEqualTo(410);
        assertThat(hub.get("/fhir/Slot/$changes?since=" + consumer.position()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        assertThat(hub.get("/fhir/Slot/$changes?since=yesterday").statusCode()).isEqualTo(400);
        assertThat(hub.get("/fhir/Slot/$changes?since=0&_count=0").statusCode()).isEqualTo(400);
        assertThat(hub.get("/fhir/Slot/$changes?since=0&wait=soon").statusCode())
                .isEqualTo(400);
        assertThat(hub.get("/fhir/Slot/$changes?until=0").statusCode()).isEqualTo(400);
        assertThat(hub.as("test-portal").get("/fhir/Slot/$changes").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoever_waits_is_answered_as_soon_as_something_changes() {
        FollowingConsumer consumer = upToDate();
        CompletableFuture<List<String>> answer = Beside.supply(() -> awaitChangeOf(alice, consumer.position()));
        await().until(() -> waiting() > 0);

        index.replace(saying(now, alice).slot(in(1)).batch());

        await().until(answer::isDone);
        assertThat(answer.join()).anyMatch(entry -> entry.startsWith("PUT Slot/" + alice));
    }

    @Test
    void whoever_leaves_while_waiting_leaves_their_place() throws IOException {
        FollowingConsumer consumer = upToDate();
        for (int i = 0; i < 3; i++) {
            Socket client = new Socket("127.0.0.1", port);
            client.getOutputStream()
                    .write(("GET /fhir/Slot/$changes?since=" + consumer.position() + "&wait=50 HTTP/1.1\r\n"
                                    + "Host: localhost\r\nAuthorization: Bearer test-search\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> waiting() > 0);
            client.setSoLinger(true, 0);
            client.close();
        }

        index.replace(saying(now, alice).slot(in(1)).batch());

        await().until(() -> waiting() == 0);
    }

    @Test
    void whoever_waits_in_vain_is_answered_with_an_empty_page_and_where_to_go_on() {
        FollowingConsumer consumer = upToDate();

        JsonNode page = hub.json("/fhir/Slot/$changes?since=" + consumer.position() + "&wait=1");

        assertThat(page.has("entry")).isFalse();
        assertThat(page.findValuesAsText("url")).isNotEmpty().allMatch(url -> url.endsWith("&wait=1"));
    }

    @Test
    void the_bundle_is_one_that_a_fhir_client_reads() {
        index.replace(saying(now, alice).slot(in(1)).batch());
        upToDate(alice);

        JsonNode page = hub.json("/fhir/Slot/$changes?since=0");

        assertThat(page.path("type").asText()).isEqualTo("history");
        assertThat(page.path("entry")).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.at("/request/method").asText()).isEqualTo("PUT");
            assertThat(entry.at("/response/status").asText()).isEqualTo("200");
            assertThat(entry.path("fullUrl").asText())
                    .isEqualTo("http://localhost:" + port + "/fhir/"
                            + entry.at("/request/url").asText());
        });
        assertThat(hub.get("/fhir/metadata").body()).contains("changes");
        assertThat(hub.get("/fhir/Slot/$changes?since=0&_format=xml").body()).contains("<type value=\"history\"/>");
    }

    private ScreenedBatchBuilder saying(Instant at, PractitionerId... who) {
        return ScreenedBatchBuilder.by(SOLEIL, at, who);
    }

    private void nobodyFollowsAnyMore() {
        jdbc.update("UPDATE changes_head SET wanted_at = wanted_at - interval '8 days'");
        await().until(() -> {
            demand.poll();
            return !demand.isWanted();
        });
    }

    private void refuses(PractitionerId who) {
        events.publishEvent(new ParticipationChanged(
                who,
                Settings.DEFAULT,
                Settings.builder().vendorSlotsHidden(true).build()));
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }

    private FollowingConsumer upToDate(PractitionerId... known) {
        FollowingConsumer consumer = FollowingConsumer.withNothing(hub);
        await().untilAsserted(() -> {
            consumer.catchUp();
            for (PractitionerId one : known) {
                assertThat(consumer.shows(one.value(), now)).isEqualTo(searched(one));
            }
        });
        return consumer;
    }

    private String everything(PractitionerId who) {
        return HubClient.slotsOf(now, who.value());
    }

    private Map<String, String> searched(PractitionerId who) {
        return FollowingConsumer.shown(hub.json(everything(who)), who.value(), now);
    }

    private JsonNode awaitPage(String since) {
        JsonNode page = hub.json("/fhir/Slot/$changes?wait=50&since=" + since);
        assertThat(page.has("entry")).isTrue();
        return page;
    }

    /** Each wait is longer than anything the test awaits. */
    private List<String> awaitChangeOf(PractitionerId who, String since) {
        String at = since;
        while (true) {
            JsonNode page = awaitPage(at);
            if (told(page).stream().anyMatch(entry -> entry.contains(who.value()))) {
                return told(page);
            }
            at = page.at("/link/1/url").asText().replaceAll(".*since=([0-9-]+).*", "$1");
        }
    }

    private long waiting() {
        return (long) meters.get("hub.changes.waiting").gauge().value();
    }

    /** In all pages; fails where a page is too large or a subject is split. */
    private List<String> subjectsSince(String position, int count) {
        List<String> subjects = new ArrayList<>();
        String at = position;
        while (true) {
            JsonNode page = hub.json("/fhir/Slot/$changes?since=" + at + "&_count=" + count);
            if (!page.has("entry")) {
                return subjects;
            }
            assertThat(page.path("entry").size()).isLessThanOrEqualTo(count);
            List<String> here = told(page).stream()
                    .map(entry -> entry.replaceAll("\\w+ \\w+/(\\d+).*", "$1"))
                    .filter(id -> id.startsWith("8"))
                    .distinct()
                    .toList();
            assertThat(here).noneMatch(subjects::contains);
            subjects.addAll(here);
            at = page.at("/link/1/url").asText().replaceAll(".*since=([0-9-]+).*", "$1");
        }
    }
}
