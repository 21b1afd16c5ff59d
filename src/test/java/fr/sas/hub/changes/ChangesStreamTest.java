package fr.sas.hub.changes;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes as server-sent events, and what a writer that dies in the middle leaves behind. */
@HubTest
class ChangesStreamTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Stream<String>> streams = new ArrayList<>();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Value("${spring.datasource.url}")
    String database;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient hub;

    @BeforeEach
    void a_consumer() {
        LiveVendors.areIn(connectors, vendors);
        hub = HubClient.at(port);
    }

    @AfterEach
    void nobody_follows_any_more() {
        streams.forEach(Stream::close);
        http.shutdownNow();
    }

    @Test
    void each_change_is_an_event_and_a_lost_stream_goes_on_where_it_broke() throws Exception {
        List<String> lines = follow("/fhir/Slot/$changes?since=0", "");

        index.replace(saying(0).slot(in(1)).batch());
        await().until(() -> lines.stream().anyMatch(line -> line.startsWith("data: {") && line.contains(slots())));
        String position = lines.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((one, later) -> later)
                .orElseThrow()
                .substring(4);
        assertThat(lines).contains("event: changes");

        index.replace(saying(1).slot(in(1)).slot(in(2)).batch());
        List<String> again = follow("/fhir/Slot/$changes", position);
        await().until(() -> again.stream().anyMatch(line -> line.startsWith("data: {") && line.contains(slots())));
        assertThat(again).noneMatch(line -> line.contains("\"resourceType\":\"Practitioner\",\"id\":\"" + alice));
    }

    @Test
    void a_stream_from_a_position_that_is_too_old_does_not_begin() throws Exception {
        HttpResponse<Stream<String>> answer = open("/fhir/Slot/$changes?since=1", "");

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body().toList()).anyMatch(line -> line.contains("OperationOutcome"));
        assertThat(open("/fhir/Slot?status=free", "").statusCode()).isEqualTo(406);
    }

    @Test
    void what_a_writer_had_rendered_when_it_was_killed_is_told_by_its_successor() throws Exception {
        FollowingConsumer consumer = FollowingConsumer.withNothing(hub);
        index.replace(saying(0).slot(in(1)).batch());
        awaitThatItHoldsWhatIsSearched(consumer);
        try (Connection inTheWay = DriverManager.getConnection(database, "postgres", "postgres")) {
            inTheWay.setAutoCommit(false);
            try (var statement = inTheWay.createStatement()) {
                statement.execute("LOCK TABLE changes_subject IN SHARE MODE");
            }

            index.replace(saying(1).slot(in(2)).batch());
            await().until(() -> writing().size() == 1);
            jdbc.query("SELECT pg_terminate_backend(?)", rs -> {}, writing().getFirst());
            await().until(() -> !writing().isEmpty());
            inTheWay.rollback();
        }

        awaitThatItHoldsWhatIsSearched(consumer);
        assertThat(consumer.shows(alice.value(), now).keySet())
                .filteredOn(key -> key.startsWith("Slot/"))
                .hasSize(1);
    }

    private List<Integer> writing() {
        return jdbc.queryForList(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO changes_subject%'",
                Integer.class);
    }

    private void awaitThatItHoldsWhatIsSearched(FollowingConsumer consumer) {
        await().untilAsserted(() -> {
            consumer.catchUp();
            assertThat(consumer.shows(alice.value(), now))
                    .isNotEmpty()
                    .isEqualTo(FollowingConsumer.shown(
                            hub.json(HubClient.slotsOf(now, alice.value())), alice.value(), now));
        });
    }

    private List<String> follow(String path, String lastEvent) throws Exception {
        HttpResponse<Stream<String>> answer = open(path, lastEvent);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> answer.body().forEach(lines::add));
        return lines;
    }

    private HttpResponse<Stream<String>> open(String path, String lastEvent) throws IOException, InterruptedException {
        HttpRequest.Builder request = hub.request(path).header("Accept", "text/event-stream");
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        HttpResponse<Stream<String>> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        streams.add(answer.body());
        return answer;
    }

    private String slots() {
        return "Slot/" + alice;
    }

    private ScreenedBatchBuilder saying(int later) {
        return ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(later), alice);
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }
}
