package fr.sas.hub.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A subscription is deleted at the moment at which its receiver answers. */
@HubTest
@Isolated("looks for a deadlock in the log, and any hub may write of one")
class DeletedWhileNotifyingTest {

    private static final int PORT = FreePort.next();

    private final CountDownLatch isCalled = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource database;

    private HttpServer receiver;

    @DynamicPropertySource
    static void the_receiver_is_allowed(DynamicPropertyRegistry settings) {
        settings.add("hub.subscription.receivers", () -> "http://localhost:" + PORT);
        settings.add("hub.subscription.timeout", () -> "50s");
    }

    @BeforeEach
    void a_receiver_that_takes_its_time() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("localhost", PORT), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/hook", call -> {
            isCalled.countDown();
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        receiver.start();
    }

    @AfterEach
    void the_receiver_is_gone() {
        mayAnswer.countDown();
        receiver.stop(0);
    }

    /** Both want the letter and its destination: whoever came second to one of them would wait for ever for the other. */
    @Test
    @CapturesOutput
    void deleting_a_subscription_and_settling_its_letter_wait_for_each_other_in_one_order(CapturedOutput log)
            throws SQLException, InterruptedException {
        HubClient hub = HubClient.at(port);
        HttpResponse<String> created =
                hub.post("/fhir/Subscription", Receiver.document(PORT, "id-only", "", Batches.newPractitioner()));
        String path = created.headers().firstValue("Location").orElseThrow().replaceAll("^http://[^/]+", "");
        String id = path.replaceAll(".*/", "");
        assertThat(isCalled.await(1, TimeUnit.MINUTES)).as("notified").isTrue();
        jdbc.update("""
                INSERT INTO outbox_letter (id, destination, key, body, last_only, state, put_at, due_at, trouble_at)
                OVERRIDING SYSTEM VALUE VALUES (-1, 'subscription-' || ?, ?, '{}', true, 'DEAD', now(), now(), now())""", id, id);

        CompletableFuture<HttpResponse<String>> deleted;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM outbox_letter WHERE key = '" + id + "' AND state = 'WAITING' FOR UPDATE");
            mayAnswer.countDown();
            await("the sender has removed one letter and wants the other").until(() -> waiting() == 1);
            deleted = Beside.supply(() -> hub.delete(path));
            await("both are to be deleted").until(() -> waiting() == 2);
            connection.rollback();
            connection.setAutoCommit(true);
        }

        assertThat(deleted.join().statusCode()).as(deleted.join().body()).isEqualTo(204);
        await().until(() -> waiting() == 0);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM outbox_destination WHERE name LIKE '%' || ?", Integer.class, id))
                .isZero();
        assertThat(log.getAll()).doesNotContain("deadlock detected");
    }

    @Test
    void deleting_a_subscription_is_asked_again_when_its_destination_could_not_be_forgotten() {
        mayAnswer.countDown();
        HubClient hub = HubClient.at(port);
        HttpResponse<String> created =
                hub.post("/fhir/Subscription", Receiver.document(PORT, "id-only", "", Batches.newPractitioner()));
        String path = created.headers().firstValue("Location").orElseThrow().replaceAll("^http://[^/]+", "");
        String id = path.replaceAll(".*/", "");
        await().until(() -> count("subscription WHERE shaken AND id::text = ?", id) == 1);
        jdbc.execute("""
                CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'for once'; END $$;
                CREATE TRIGGER fails BEFORE DELETE ON outbox_destination FOR EACH ROW
                  WHEN (old.name = 'subscription-%s') EXECUTE FUNCTION fails()""".formatted(id));
        try {
            assertThat(hub.delete(path).statusCode()).isGreaterThanOrEqualTo(500);
        } finally {
            jdbc.execute("DROP FUNCTION fails() CASCADE");
        }

        HttpResponse<String> again = hub.delete(path);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(204);
        assertThat(count("outbox_destination WHERE name LIKE '%' || ?", id)).isZero();
        assertThat(count("subscription WHERE id::text = ?", id)).isZero();
    }

    private int count(String whichOnes, String id) {
        Integer count = jdbc.queryForObject("SELECT count(*) FROM " + whichOnes, Integer.class, id);
        return count == null ? 0 : count;
    }

    private int waiting() {
        Integer waiting = jdbc.queryForObject("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%outbox%'""", Integer.class);
        return waiting == null ? 0 : waiting;
    }
}
