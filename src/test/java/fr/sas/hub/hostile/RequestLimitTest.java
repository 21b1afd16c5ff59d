package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.sas.hub.access.RequestLimit;
import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.PageReader;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;

/** Whatever a request waits for, it ends, and what it held is free for the next. */
@HubTest
@TestPropertySource(properties = {"hub.access.request-limit=1s", "spring.datasource.hikari.maximum-pool-size=6"})
class RequestLimitTest {

    private static final String SETTINGS = "/api/v1/practitioners/899900000041/settings";
    private static final String LOCATION = """
            {"resourceType": "Location", "id": "x", "name": "there"}""";

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    DataSource database;

    @Autowired
    RequestLimit limit;

    @Test
    void a_request_that_waits_for_a_lock_is_told_503_and_the_next_one_is_answered() throws Exception {
        HubClient portal = HubClient.at(port).as("test-portal");

        HttpResponse<String> answer = whileLocked("participation_settings", () -> portal.get(SETTINGS));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("in time");
        assertThat(portal.get(SETTINGS).statusCode()).isEqualTo(200);
    }

    @Test
    void a_delivering_vendor_is_told_so_in_fhirs_words_and_nothing_was_taken() throws Exception {
        Descriptor.of("push-b").mode("push").dropInto(connectors);
        HubClient vendor = HubClient.at(port).as("test-vendor-push-b");
        Awaitility.await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);

        HttpResponse<String> answer = whileLocked(
                "push_resource",
                () -> vendor.send(vendor.request("/fhir/Location/x")
                        .header("Content-Type", "application/fhir+json")
                        .PUT(BodyPublishers.ofString(LOCATION))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("OperationOutcome", "\"timeout\"", "in time");
        assertThat(vendor.get("/fhir/Location/x").statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_that_does_not_begin_in_time_is_told_503_like_anything_else() throws Exception {
        HubClient reader = HubClient.at(port);

        HttpResponse<String> answer = whileLocked(
                "publish_edition, publish_total",
                () -> reader.send(
                        reader.request("/fhir/$bulk-publish/1/75/Slot.ndjson").timeout(Duration.ofSeconds(20))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("OperationOutcome", "\"timeout\"", "in time");
    }

    @Test
    void a_file_that_has_begun_takes_as_long_as_it_is_long() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch othersAreOver = new CountDownLatch(1);
        MockHttpServletResponse file = new MockHttpServletResponse();
        CompletableFuture<Boolean> cut = new CompletableFuture<>();
        CompletableFuture<Void> sending = Beside.run(() -> through("/$bulk-publish/1/75/Slot.ndjson", file, () -> {
            file.setCommitted(true);
            begun.countDown();
            cut.complete(!othersAreOver.await(30, TimeUnit.SECONDS));
        }));

        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        awaitInterruption();
        awaitInterruption(); // the second began when the file's time was up, and was looked at later
        othersAreOver.countDown();

        assertThat(sending).succeedsWithin(Duration.ofSeconds(30));
        assertThat(cut).isCompletedWithValue(false);
    }

    private void awaitInterruption() {
        through(
                "/Slot",
                new MockHttpServletResponse(),
                () -> assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class));
    }

    private interface Answering {
        void run() throws Exception;
    }

    private void through(String path, MockHttpServletResponse response, Answering answering) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir" + path);
        request.setServletPath("/fhir");
        request.setPathInfo(path);
        try {
            limit.doFilter(request, response, (one, other) -> {
                try {
                    answering.run();
                } catch (Exception e) {
                    throw new ServletException(e);
                }
            });
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_typed_into_a_form_that_cannot_be_saved_in_time_is_given_back() throws Exception {
        PageReader reader = new PageReader(port);
        reader.open("/aide/contact");

        HttpResponse<String> answer = whileLocked(
                "help_request",
                () -> reader.submit(
                        "/aide/contact",
                        "role",
                        "effecteur",
                        "topic",
                        "incident",
                        "family",
                        "DURAND",
                        "given",
                        "Alice",
                        "phone",
                        "01 23 45 67 89",
                        "email",
                        "alice.durand@exemple.fr",
                        "territory",
                        "75",
                        "message",
                        "La semaine ne s’affiche plus."));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body())
                .contains("La plateforme ne répond pas", "Ce que vous aviez saisi", "La semaine ne s’affiche plus.");
    }

    private <T> T whileLocked(String table, Callable<T> work) throws Exception {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            lock(other, table);
            return work.call();
        }
    }

    private static void lock(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
    }
}
