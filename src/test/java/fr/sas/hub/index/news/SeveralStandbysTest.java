package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.database.ReadReplica;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.SharedAddress;
import fr.sas.hub.testing.Standby;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node that reads from whichever of two standbys the next connection leads to; another node writes. */
@ResourceLock(
        value = Resources.SYSTEM_OUT,
        mode = ResourceAccessMode.READ) // ReadReplicaTest counts there what is said of standbys
class SeveralStandbysTest {

    private static final Settings REFUSING =
            Settings.builder().vendorSlotsHidden(true).build();

    private static final Pattern KNOWN_AT = Pattern.compile("this is what was known at ([0-9T:.+Z-]+)");

    private static final int TURNS = 8;

    @TempDir
    static Path connectors;

    private static StoppableDatabase primary;
    private static Standby current;
    private static SharedAddress shared;
    private static Node writer;
    private static Node reader;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();
    private Standby other;

    @BeforeAll
    static void two_nodes_on_a_database_with_a_standby() {
        primary = new StoppableDatabase();
        writer = Node.on(primary.address(), connectors).start();
        current = primary.standby();
        shared = new SharedAddress(current.address());
        reader = Node.on(primary.address(), connectors)
                .with(
                        "hub.search.datasource.url=" + shared.address(),
                        "hub.search.datasource.maximum-pool-size=3",
                        "hub.freshness.unverified-after=10s",
                        "hub.index.memory-outlasts=2s")
                .start();
        LiveVendors.areIn(connectors, writer.bean(Vendors.class));
        await().until(() -> reader.bean(Vendors.class).find(SOLEIL).isPresent());
    }

    @AfterAll
    static void all_end() {
        reader.close();
        writer.close();
        shared.close();
        current.close();
        primary.close();
    }

    @BeforeEach
    void both_know_alice_and_her_slot() {
        other = primary.standby();
        await().until(() -> reader.bean(ReadReplica.class).isAnswering());
        say(alice);
        await().until(() -> reader.bean(ReplayPositions.class).of(alice) != ReplayPositions.UNKNOWN);
        bothKnow();
        shared.newConnectionsLeadTo(current.address(), other.address());
        shared.dropConnections();
        assertThat(slots(alice)).isEqualTo(1);
    }

    @AfterEach
    void the_other_leaves() {
        primary.goOn();
        shared.newConnectionsLeadTo(current.address());
        other.close();
        shared.dropConnections();
        patiently()
                .until(() -> !reader.bean(DatabasePulse.class).isSilent()
                        && !writer.bean(DatabasePulse.class).isSilent()
                        && reader.bean(IndexNews.class).isHearing());
    }

    @Test
    void what_one_of_them_does_not_know_yet_is_never_read_from_it() {
        other.holdBack();
        refuse(alice);
        Set<String> readFrom = new HashSet<>();

        inTurns(() -> {
            readFrom.add(standbyRead());
            forget(alice);
            assertThat(slots(alice)).isZero();
        });

        assertThat(readFrom).as("both were connected to").hasSize(2);
    }

    @Test
    void while_the_primary_is_silent_a_refusal_that_was_obeyed_is_obeyed_whichever_is_read() {
        other.holdBack();
        refuse(alice);
        currentKnows();
        primaryFallsSilent();

        isAnsweredByOneOfThemAndNeverWithASlot();
    }

    @Test
    void while_the_primary_is_silent_each_tells_of_when_it_is_itself() {
        other.holdBack();
        slotsVanishUntold(alice);
        Instant vanished = Instant.now();
        currentKnows();
        primaryFallsSilent();
        Set<Integer> found = new HashSet<>();

        patiently().until(() -> {
            shared.dropConnections();
            HttpResponse<String> response = reader.client().get(slotsOf(alice));
            if (response.statusCode() == 200) {
                int slots = json(response).path("total").asInt();
                found.add(slots);
                if (slots > 0) {
                    assertThat(knownAt(response)).isBefore(vanished);
                }
            }
            return found.size() == 2;
        });
    }

    @Test
    void one_that_was_promoted_is_not_read_whatever_the_primary_does() {
        other.promote();
        refuse(alice);

        inTurns(() -> {
            forget(alice);
            assertThat(slots(alice)).isZero();
        });
        currentKnows();
        primaryFallsSilent();

        isAnsweredByOneOfThemAndNeverWithASlot();
    }

    @Test
    void one_that_stopped_costs_no_answer_while_the_primary_is_there() {
        other.stop();

        inTurns(() -> {
            forget(alice);
            assertThat(slots(alice)).isEqualTo(1);
        });

        double before = readsFromReplica();
        patiently().until(() -> {
            forget(alice);
            return slots(alice) == 1 && readsFromReplica() > before;
        });
    }

    @Test
    void the_age_of_what_a_standby_knows_is_not_held_against_vendors() {
        other.stop();
        say(alice);
        currentKnows();
        primaryFallsSilent();

        patiently().until(() -> {
            HttpResponse<String> response = reader.client().get(slotsOf(alice));
            return response.statusCode() == 200 && response.body().contains("unverified");
        });

        HttpResponse<String> response =
                patiently().until(() -> reader.client().get(slotsOf(alice)), answer -> answer.statusCode() == 200);
        assertThat(response.body()).contains("\"hub-failed\"").doesNotContain("\"stale\"");
    }

    /** A search that finds no standby soon enough gets 503. */
    private void isAnsweredByOneOfThemAndNeverWithASlot() {
        inTurns(this::statusWithoutASlot);
        patiently().until(() -> {
            shared.dropConnections();
            return statusWithoutASlot() == 200;
        });
    }

    private int statusWithoutASlot() {
        HttpResponse<String> response = reader.client().get(slotsOf(alice));
        assertThat(response.body()).doesNotContain("\"resourceType\":\"Slot\"");
        return response.statusCode();
    }

    private static void primaryFallsSilent() {
        primary.stop();
        await().until(() -> reader.bean(DatabasePulse.class).isSilent());
        await("memory counts no more")
                .until(() -> !reader.bean(MemoryTrust.class).counts());
    }

    /** Each time with new connections, of which every other leads to the other standby. */
    private static void inTurns(Runnable step) {
        for (int i = 0; i < TURNS; i++) {
            shared.dropConnections();
            step.run();
        }
    }

    private static String standbyRead() {
        return patiently()
                .until(
                        () -> reader.bean(ReadReplica.class)
                                .read(standby -> Optional.of(new JdbcTemplate(reader.bean(DataSource.class))
                                        .queryForObject("SELECT current_setting('port')", String.class))),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void say(PractitionerId practitioner) {
        writer.bean(AvailabilityIndex.class)
                .replace(ScreenedBatchBuilder.by(SOLEIL, Instant.now(), practitioner)
                        .slot(now.plus(1, ChronoUnit.HOURS))
                        .batch());
    }

    private void refuse(PractitionerId practitioner) {
        writer.context().publishEvent(new ParticipationChanged(practitioner, Settings.DEFAULT, REFUSING));
        await().pollInterval(Duration.ofMillis(10)).until(() -> slots(practitioner) == 0);
    }

    /** As nothing of the hub does it. */
    private static void slotsVanishUntold(PractitionerId practitioner) {
        JdbcTemplate jdbc = new JdbcTemplate(writer.bean(DataSource.class));
        jdbc.update("DELETE FROM index_ready WHERE subject = ?", practitioner.value());
        jdbc.update("DELETE FROM index_slot WHERE subject = ?", practitioner.value());
    }

    private void bothKnow() {
        currentKnows();
        String end = endOfLog();
        await().until(() -> hasReplayed(other, end));
    }

    /** What was heard, too: by then it is known how far the log was. */
    private void currentKnows() {
        String end = endOfLog();
        await().until(() -> hasReplayed(current, end));
        ReplayPositions positions = reader.bean(ReplayPositions.class);
        await().until(() -> positions.of(alice) != ReplayPositions.UNKNOWN);
    }

    private static String endOfLog() {
        return new JdbcTemplate(writer.bean(DataSource.class))
                .queryForObject("SELECT pg_current_wal_insert_lsn()::text", String.class);
    }

    private static boolean hasReplayed(Standby standby, String end) {
        return standby.execute("SELECT pg_last_wal_replay_lsn() >= '" + end + "'::pg_lsn")
                .equals("t");
    }

    /** Without news: nothing changed. */
    private static void forget(PractitionerId practitioner) {
        reader.context().publishEvent(new IndexChanged.Changed(Set.of(practitioner)));
    }

    private int slots(PractitionerId practitioner) {
        return reader.client().json(slotsOf(practitioner)).path("total").asInt();
    }

    private String slotsOf(PractitionerId practitioner) {
        return HubClient.slotsOf(now, practitioner.value());
    }

    private static Instant knownAt(HttpResponse<String> response) {
        Matcher told = KNOWN_AT.matcher(response.body());
        assertThat(told.find()).as(response.body()).isTrue();
        return OffsetDateTime.parse(told.group(1)).toInstant();
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double readsFromReplica() {
        return reader.bean(MeterRegistry.class)
                .get("hub.search.reads")
                .tag("from", "replica")
                .counter()
                .count();
    }

    /** Servers start, stop and take over meanwhile. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
