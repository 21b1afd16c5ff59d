package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubProcess;
import fr.sas.hub.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A hub in a process of its own is killed (kill -9) while it takes a delivery: the vendor sends it again to another. */
class KilledWhileDeliveringTest {

    private static final String GILLES = "899970000008";
    private static final int SLOTS = 500;

    private final String database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", "postgres"));
    private final Instant first = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MINUTES);

    private Process hub;
    private int port;

    @TempDir
    Path folder;

    @BeforeEach
    void a_hub() throws IOException {
        Descriptor.of("push-a").mode("push").roster(GILLES).dropInto(folder);
        hub = startHub();
    }

    @AfterEach
    void it_stops() {
        hub.destroyForcibly();
    }

    @Test
    void half_a_delivery_is_none_and_the_same_again_is_whole() throws Exception {
        Deliverer vendor = connected();
        try (Connection inTheWay = DriverManager.getConnection(database, "postgres", "postgres")) {
            inTheWay.setAutoCommit(false);
            try (var statement = inTheWay.createStatement()) {
                statement.execute("LOCK TABLE index_slot IN SHARE MODE");
            }
            CompletableFuture<Void> sending = Beside.run(() -> vendor.send(slots()));
            await().atMost(Duration.ofSeconds(240)).until(() -> count("""
                    SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                    WHERE c.relname = 'index_slot' AND NOT l.granted""") > 0);
            hub.destroyForcibly().waitFor();
            inTheWay.rollback();
            await().until(sending::isCompletedExceptionally);
        }
        await().until(() -> count("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL""") == 0);
        assertThat(count("SELECT count(*) FROM push_resource")).isZero();
        assertThat(count("SELECT count(*) FROM index_slot")).isZero();

        hub = startHub();
        connected().send(slots());

        assertThat(count("SELECT count(*) FROM index_slot")).isEqualTo(SLOTS);
    }

    private fr.sas.hub.testing.Transaction slots() {
        var who = aPractitioner(GILLES, "FAURE", "Gilles")
                .at(aPlace("1750000028").address("8 rue des Tilleuls", "75008", "PARIS"));
        for (int slot = 0; slot < SLOTS; slot++) {
            who.slot(aVendorSlot().from(first.plusSeconds(300L * slot)));
        }
        return aTransaction().putting(aBundle().with(who));
    }

    private Deliverer connected() {
        Deliverer vendor = new Deliverer(port, "push-a");
        await().atMost(Duration.ofSeconds(240))
                .ignoreExceptions()
                .until(() -> vendor.get("/Slot/nobody").statusCode() == 404);
        return vendor;
    }

    private long count(String sql) {
        Long count = jdbc.queryForObject(sql, Long.class);
        return count == null ? -1 : count;
    }

    private Process startHub() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return HubProcess.start(
                "killed-while-delivering-" + port + ".log",
                List.of(
                        "--spring.profiles.active=test",
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=postgres",
                        "--server.port=" + port,
                        "--hub.connectors=" + folder));
    }
}
