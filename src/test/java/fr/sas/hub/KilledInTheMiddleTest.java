package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubProcess;
import fr.sas.hub.testing.TestDatabase;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A hub in a process of its own is killed (kill -9) while it writes a delivery of 10,000 slots; another takes over. */
class KilledInTheMiddleTest {

    private static final int PRACTITIONERS = 25;
    private static final int SLOTS_EACH = 400;

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final String database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", "postgres"));
    private final List<Process> hubs = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void a_vendor_with_ten_thousand_slots() {
        vendor.start();
        vendor.stubFor(get(urlPathEqualTo("/Slot")).willReturn(okJson(tenThousandSlots())));
        Descriptor.of("agenda-soleil")
                .at(vendor.baseUrl())
                .poll("timeout: 2m")
                .roster(IntStream.range(0, PRACTITIONERS)
                        .mapToObj(KilledInTheMiddleTest::practitioner)
                        .toArray(String[]::new))
                .dropInto(folder);
    }

    @AfterEach
    void everything_stops() {
        hubs.forEach(Process::destroyForcibly);
        vendor.stop();
    }

    @Test
    void nothing_is_lost_and_nothing_doubled() throws Exception {
        Process first = startHub();
        await().atMost(Duration.ofSeconds(240)).until(() -> isMigrated());
        try (Connection inTheWay = DriverManager.getConnection(database, "postgres", "postgres")) {
            holdUpWriters(inTheWay);
            await().atMost(Duration.ofSeconds(240)).until(() -> count("""
                    SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                    WHERE c.relname = 'index_slot' AND NOT l.granted""") > 0);
            first.destroyForcibly().waitFor();
            inTheWay.rollback();
        }
        await().until(() -> count(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'INSERT INTO index_slot%'")
                == 0);
        assertThat(count("SELECT count(*) FROM index_slot"))
                .as("what the killed hub had not committed")
                .isZero();
        assertThat(count("SELECT count(*) FROM connector_delivery"))
                .as("the delivery as it came")
                .isEqualTo(1);

        theClaimExpires();
        startHub();
        await().atMost(Duration.ofSeconds(240))
                .until(() -> count("SELECT count(*) FROM index_slot") == PRACTITIONERS * SLOTS_EACH);
        assertThat(count("SELECT count(DISTINCT (subject, place, start_at, end_at)) FROM index_slot"))
                .isEqualTo(PRACTITIONERS * SLOTS_EACH);
    }

    /** Nobody asks again while a claim lasts: it outlasts whatever this machine takes, and ends when the test says. */
    private void theClaimExpires() {
        assertThat(jdbc.update("UPDATE connector_target SET claimed_until = now()"))
                .isEqualTo(PRACTITIONERS);
    }

    /** Before that, migrations want to write the table too. */
    private boolean isMigrated() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return count("SELECT count(*) FROM pg_class WHERE relname = 'flyway_schema_history'") == 1
                    && count("SELECT count(*) FROM flyway_schema_history WHERE success") == files.count();
        }
    }

    /** Readers pass, whoever wants to write slots waits. */
    private static void holdUpWriters(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE index_slot IN SHARE MODE");
        }
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? -1 : count;
    }

    private Process startHub() throws IOException {
        Process hub = HubProcess.start(
                "killed-hub-" + hubs.size() + ".log",
                List.of(
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=postgres",
                        "--server.port=0",
                        "--hub.connectors=" + folder,
                        "--hub.connector.claim-margin=10m"));
        hubs.add(hub);
        return hub;
    }

    private static String practitioner(int number) {
        return "899900%06d".formatted(number);
    }

    private static String tenThousandSlots() {
        VendorBundle bundle = aBundle();
        Instant first = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);
        for (int i = 0; i < PRACTITIONERS; i++) {
            VendorPlace place = aPlace("1750000011");
            for (int slot = 0; slot < SLOTS_EACH; slot++) {
                place.slot(aVendorSlot()
                        .from(first.plus(Duration.ofMinutes(10L * slot)))
                        .lasting(10, ChronoUnit.MINUTES));
            }
            bundle.with(aPractitioner(practitioner(i), "NOM" + i, "Camille").at(place));
        }
        return bundle.toJson();
    }
}
