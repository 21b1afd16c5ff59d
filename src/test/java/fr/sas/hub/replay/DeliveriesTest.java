package fr.sas.hub.replay;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.VendorSlot;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** What vendors answered, what became of it, and sending it through the hub again. The vendor is asked when the test says. */
@HubTest
class DeliveriesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String alice = Batches.newPractitioner().value();
    private final StubbedVendor vendor = new StubbedVendor("livraison-" + NUMBER.incrementAndGet(), alice);
    private final Instant start = Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient ops;

    @BeforeEach
    void a_vendor() {
        ops = HubClient.at(port).as("test-ops");
    }

    @AfterEach
    void leaves() {
        vendor.descriptor().removeFrom(connectors);
        await().until(() -> ops.get(address("")).statusCode() == 404);
        vendor.close();
    }

    @Test
    void deliveries_are_listed_newest_first_with_outcome_size_timing_and_counts() {
        vendor.offers(slot("a", 0), slot("backwards", 15).lasting(-15, ChronoUnit.MINUTES));
        joins();
        answered(1);
        askNow(2);
        vendor.answers(serverError());
        askNow(3);

        JsonNode all = list("");
        assertThat(outcomes(all)).containsExactly("failed", "complete", "complete");
        JsonNode failed = all.get(0);
        assertThat(failed.path("trouble").asText()).isEqualTo("vendor-error");
        JsonNode second = all.get(1);
        assertThat(second.path("asked").get(0).asText()).isEqualTo(alice);
        assertThat(second.path("bytes").asInt()).isPositive();
        assertThat(second.path("pages").asInt()).isEqualTo(1);
        assertThat(second.hasNonNull("tookMs")).isTrue();
        assertThat(second.at("/reading/accepted").asInt()).isEqualTo(1);
        assertThat(second.at("/reading/rejected").asInt()).isEqualTo(1);
        assertThat(second.at("/reading/codes/ENDS_BEFORE_IT_STARTS").asInt()).isEqualTo(1);
        assertThat(second.at("/index/unchanged").asInt()).isEqualTo(1);
        assertThat(all.get(2).at("/index/added").asInt()).isEqualTo(1);

        assertThat(outcomes(list("?code=ENDS_BEFORE_IT_STARTS"))).hasSize(2);
        assertThat(list("?code=NO_PLACE")).isEmpty();
        assertThat(outcomes(list("?outcome=failed"))).containsExactly("failed");
        assertThat(list("?practitioner=" + alice)).hasSize(3);
        assertThat(list("?practitioner=899900000099")).isEmpty();
        assertThat(list("?from=" + failed.path("fetchedAt").asText())).hasSize(1);
        assertThat(list("?to=" + second.path("fetchedAt").asText())).hasSize(2);
        JsonNode page = ops.json(address("/deliveries?most=2"));
        assertThat(page.path("deliveries")).hasSize(2);
        assertThat(list("?before=" + page.path("next").asText())).hasSize(1);
        assertThat(ops.get(address("/deliveries?code=NONSENSE")).statusCode()).isEqualTo(422);
        assertThat(ops.get(address("/deliveries?outcome=nonsense")).body()).contains("not-indexed");
    }

    @Test
    void a_delivery_shows_its_body_and_what_became_of_each_entry() {
        vendor.offers(slot("a", 0), slot("b", 15), slot("own", 30).audience(), slot("gone", -600));
        joins();
        answered(1);
        String first = latest();
        vendor.offers(slot("b", 15));
        askNow(2);

        JsonNode whole = ops.json(address("/deliveries/" + first));
        assertThat(whole.at("/body/0").asText()).contains("\"Bundle\"", "own");
        assertThat(StreamSupport.stream(whole.path("entries").spliterator(), false)
                        .map(entry -> entry.path("reference").asText() + " "
                                + entry.path("fate").asText()))
                .containsExactlyInAnyOrder("a NO_LONGER_OFFERED", "b SHOWN", "own WITHHELD", "gone PAST");
        assertThat(ops.get(address("/deliveries/" + first + "/pages/1")).body())
                .isEqualTo(whole.at("/body/0").asText());
        assertThat(ops.get(address("/deliveries/" + first + "/pages/2")).statusCode())
                .isEqualTo(404);
        assertThat(ops.get(address("/deliveries/" + UUID.randomUUID())).statusCode())
                .isEqualTo(404);
        assertThat(HubClient.at(port).get(address("/deliveries/" + first)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_was_rejected_comes_in_when_its_vendor_gets_a_quirk_and_twice_is_once() {
        String local = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
                .withZone(ZoneId.of("Europe/Paris"))
                .format(start);
        String end = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
                .withZone(ZoneId.of("Europe/Paris"))
                .format(start.plusSeconds(900));
        vendor.offers(slot("a", 0).set("/start", local).set("/end", end));
        joins();
        answered(1);
        assertThat(found()).isZero();
        assertThat(rejections()).isEqualTo(1);
        descriptor().quirks("times-without-zone").dropInto(connectors);
        String replay = "/deliveries/" + latest() + "/replay";

        await().until(() -> !dryRun(replay).at("/difference/changes").isEmpty());
        JsonNode dry = dryRun(replay);
        assertThat(dry.at("/difference/changes/0/change").asText()).isEqualTo("appears");
        assertThat(dry.at("/difference/changes/0/reference").asText()).isEqualTo("a");
        assertThat(dry.at("/difference/shownBefore").asInt()).isZero();
        assertThat(dry.at("/difference/shownAfter").asInt()).isEqualTo(1);
        assertThat(found()).as("only shown").isZero();

        JsonNode done = replay(replay, "");
        assertThat(done.at("/replayed/0/index/added").asInt()).isEqualTo(1);
        assertThat(found()).isEqualTo(1);
        assertThat(rejections())
                .as("what a reading found is replaced by the next")
                .isZero();

        JsonNode again = replay(replay, "");
        assertThat(again.at("/replayed/0/index/added").asInt()).isZero();
        assertThat(again.at("/replayed/0/index/unchanged").asInt()).isEqualTo(1);
        assertThat(found()).isEqualTo(1);
        assertThat(list("")).hasSize(1);
        assertThat(ops.json(address("/actions")).at("/actions/0/action").asText())
                .isEqualTo("replay");
    }

    @Test
    void an_old_delivery_does_not_overwrite_newer_knowledge_and_the_answer_says_so() {
        vendor.offers(slot("a", 0));
        joins();
        answered(1);
        String old = latest();
        vendor.offers(slot("b", 15));
        askNow(2);

        JsonNode dry = dryRun("/deliveries/" + old + "/replay");
        assertThat(dry.at("/difference/changes")).isEmpty();
        assertThat(dry.at("/difference/overtaken/0").asText()).isEqualTo(alice);

        JsonNode done = replay("/deliveries/" + old + "/replay", "");
        assertThat(done.at("/replayed/0/index/overtaken/0").asText()).isEqualTo(alice);
        assertThat(done.at("/replayed/0/index/added").asInt()).isZero();
        assertThat(found()).isEqualTo(1);
    }

    @Test
    void what_never_reached_the_index_is_found_and_replayed_since_an_instant() {
        vendor.offers(slot("a", 0));
        joins();
        answered(1);
        UUID lost = aNodeDiedOver("b");

        assertThat(list("?outcome=not-indexed"))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.path("id").asText()).isEqualTo(lost.toString()));
        String since = "\"failedSince\": \"" + start.minus(Duration.ofDays(1)) + "\"";
        JsonNode dry = HubClient.json(ops.post(address("/deliveries/replay"), "{\"dryRun\": true, " + since + "}"));
        assertThat(dry.path("deliveries")).hasSize(1);
        assertThat(StreamSupport.stream(dry.at("/difference/changes").spliterator(), false)
                        .map(change -> change.path("change").asText() + " "
                                + change.path("reference").asText()))
                .containsExactlyInAnyOrder("vanishes a", "appears b");

        replay("/deliveries/replay", ", " + since);
        assertThat(found()).isEqualTo(1);
        assertThat(list("?outcome=not-indexed")).isEmpty();
        assertThat(ops.post(address("/deliveries/replay"), "{\"dryRun\": true}").statusCode())
                .isEqualTo(422);
        assertThat(ops.post(address("/deliveries/replay"), "{" + since + "}").body())
                .contains("reason");
    }

    /** Whoever is sought is not in the index because of this vendor: an answer without them says nothing of their slots. */
    @Test
    void a_rehearsal_learns_whom_the_vendor_knows_as_a_replay_does_and_forgets_it() {
        vendor.offers(slot("a", 0));
        joins();
        answered(1);
        Instant later = latestAt().plusMillis(5);
        vendor.offers();
        UUID empty = lost(later);
        descriptor().withoutRoster().dropInto(connectors);
        await().until(() -> targetsSought() == 1);

        JsonNode dry = dryRun("/deliveries/" + empty + "/replay");
        assertThat(dry.at("/difference/changes")).isEmpty();
        assertThat(targetsSought()).as("a rehearsal changes nothing").isEqualTo(1);

        replay("/deliveries/" + empty + "/replay", "");
        assertThat(targetsSought()).isZero();
        assertThat(jdbc.queryForList("SELECT reference FROM index_slot WHERE source = ?", String.class, vendor.id))
                .containsExactly("a");
    }

    private int targetsSought() {
        return jdbc.queryForObject(
                "SELECT count(*) FROM connector_target WHERE source = ? AND subject = ? AND sought",
                Integer.class,
                vendor.id,
                alice);
    }

    @Test
    void what_is_more_than_one_replay_takes_is_told_with_the_instant_to_go_on_from() {
        joins();
        answered(1);
        Instant first = latestAt().plusMillis(1);
        for (int i = 0; i <= 500; i++) {
            lost(first.plusMillis(i), "b");
        }

        JsonNode some = failedSince(first);
        assertThat(some.path("deliveries")).hasSize(500);
        assertThat(some.path("moreSince").asText())
                .isEqualTo(first.plusMillis(500).toString());
        JsonNode rest = failedSince(Instant.parse(some.path("moreSince").asText()));
        assertThat(rest.path("deliveries")).hasSize(1);
        assertThat(rest.path("moreSince").isNull()).isTrue();
    }

    private JsonNode failedSince(Instant since) {
        return HubClient.json(
                ops.post(address("/deliveries/replay"), "{\"dryRun\": true, \"failedSince\": \"" + since + "\"}"));
    }

    /** A delivery that was kept, later than the latest, and never read: slot a has another name in it. */
    private UUID aNodeDiedOver(String name) {
        return lost(latestAt().plusMillis(5), name);
    }

    private Instant latestAt() {
        return Instant.parse(list("").get(0).path("fetchedAt").asText());
    }

    private UUID lost(Instant at, String name) {
        vendor.offers(slot(name, 0));
        return lost(at);
    }

    /** Of what the vendor answers now. */
    private UUID lost(Instant at) {
        UUID id = UuidCreator.getTimeOrderedEpoch(at);
        jdbc.update("""
                INSERT INTO connector_delivery (id, fetched_at, source, flow, asked, window_from, window_to, took_ms, answer,
                  bytes, pages) SELECT ?, ?, source, flow, asked, window_from, window_to, took_ms, answer, bytes, ?
                FROM connector_delivery WHERE source = ? ORDER BY fetched_at LIMIT 1""", ps -> {
            ps.setObject(1, id);
            ps.setTimestamp(2, Timestamp.from(at));
            ps.setObject(3, new byte[][] {zipped(vendor.body())});
            ps.setString(4, vendor.id);
        });
        return id;
    }

    private static byte[] zipped(String text) {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private VendorSlot slot(String id, int minutes) {
        return aVendorSlot().id(id).from(start.plus(Duration.ofMinutes(minutes)));
    }

    private Descriptor descriptor() {
        return Descriptor.of(vendor.id)
                .at(vendor.address())
                .roster(alice)
                .poll("every: 1h")
                .poll("idleEvery: 1h");
    }

    private void joins() {
        descriptor().dropInto(connectors);
        await().until(() -> ops.get(address("")).statusCode() == 200);
    }

    private void answered(int deliveries) {
        await().until(() -> {
            JsonNode all = list("");
            return all.size() == deliveries
                    && (all.get(0).hasNonNull("index")
                            || all.get(0).path("outcome").asText().equals("failed"));
        });
    }

    private void askNow(int deliveries) {
        HubClient.json(ops.post(address("/ask-now"), "{\"reason\": \"the test says so\"}"));
        answered(deliveries);
    }

    private JsonNode replay(String path, String more) {
        return HubClient.json(ops.post(address(path), "{\"reason\": \"the parser was mended\"" + more + "}"));
    }

    private JsonNode dryRun(String path) {
        return HubClient.json(ops.post(address(path), "{\"dryRun\": true}"));
    }

    private String latest() {
        return list("").get(0).path("id").asText();
    }

    private JsonNode list(String query) {
        return ops.json(address("/deliveries" + query)).path("deliveries");
    }

    private static List<String> outcomes(JsonNode deliveries) {
        return StreamSupport.stream(deliveries.spliterator(), false)
                .map(delivery -> delivery.path("outcome").asText())
                .toList();
    }

    private long rejections() {
        return StreamSupport.stream(
                        ops.json(address("/rejections")).path("counts").spliterator(), false)
                .mapToLong(count -> count.path("count").asLong())
                .sum();
    }

    private int found() {
        return HubClient.at(port)
                .json(HubClient.slotsOf(Instant.now(), alice))
                .path("total")
                .asInt();
    }

    private String address(String more) {
        return "/api/v1/connectors/" + vendor.id + more;
    }
}
