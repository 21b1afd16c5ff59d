package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.LostConnections;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever loses the connection to the database in the middle of a request is told to try again, at whichever door they came in. */
@PeopleHubTest
@Isolated("reads the log")
class LostDatabaseTest {

    private static final String NOT_CARRIED_OUT = "most likely not carried out";

    @LocalServerPort
    int port;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    private final String alice = Batches.newPractitioner().value();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("ROOT");
    private LostConnections losing;
    private HubClient portal;
    private HubClient ops;

    @BeforeEach
    void a_practitioner() {
        losing = new LostConnections(database);
        portal = HubClient.at(port).as("test-portal");
        ops = HubClient.at(port).as("test-ops");
        portal.knows(alice);
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of("perdu").leaves(connectors, port);
    }

    @AfterEach
    void nothing_more_is_heard() {
        log.detachAppender(logged);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "index_slot, directory_practitioner; slots",
                "changes_head; /fhir/Slot/$changes?since=0",
                "publish_edition; /fhir/$bulk-publish",
                "subscription; /fhir/Subscription/00000000-0000-0000-0000-000000000001"
            })
    void a_program_that_reads_FHIR(String tables, String path) {
        HubClient reader = HubClient.at(port);
        String asked = path.equals("slots") ? HubClient.slotsOf(Instant.now(), alice) : path;

        HttpResponse<String> answer = losing.whileWaitingFor(tables, () -> reader.get(asked));

        assertToldToTryAgain(answer);
        assertThat(answer.body()).contains("OperationOutcome", "transient").doesNotContain("carried out");
    }

    @Test
    void a_program_that_reads_settings() {
        HttpResponse<String> answer = losing.whileWaitingFor(
                "participation_settings", () -> portal.get("/api/v1/practitioners/" + alice + "/settings"));

        assertToldToTryAgain(answer);
        assertThat(answer.body()).doesNotContain("carried out", "changed");
    }

    @Test
    void a_program_that_changes_settings() {
        HttpResponse<String> answer = losing.whileWaitingFor("participation_settings", this::hideSlots);

        assertToldToTryAgain(answer);
        assertThat(answer.body()).contains(NOT_CARRIED_OUT);
        assertThat(hideSlots().statusCode()).isEqualTo(200);
    }

    @Test
    void a_program_whose_change_is_lost_in_the_commit() {
        HttpResponse<String> answer = losing.whenCommitting("participation_settings", this::hideSlots);

        assertToldToTryAgain(answer);
        assertThat(answer.body()).contains(NOT_CARRIED_OUT);
    }

    @Test
    void a_program_that_deletes_an_entry_of_an_agenda() {
        HttpResponse<String> answer = losing.whileWaitingFor(
                "agenda_entry",
                () -> portal.delete(
                        "/api/v1/practitioners/" + alice + "/agenda/entries/00000000-0000-0000-0000-000000000001"));

        assertToldToTryAgain(answer);
        assertThat(answer.body()).contains(NOT_CARRIED_OUT);
    }

    @ParameterizedTest
    @CsvSource({"pause", "trial"})
    void an_operator_who_pauses_a_vendor(String action) {
        vendorIsThere();

        HttpResponse<String> answer = losing.whileWaitingFor(
                "connector_action, connector_override",
                () -> ops.post("/api/v1/connectors/perdu/" + action, "{\"reason\": \"lost\"}"));

        assertToldToTryAgain(answer);
        assertThat(answer.body()).contains(NOT_CARRIED_OUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"account_session", "account_account, delegation_manager, directory_facility"})
    void a_reader_of_pages(String tables) {
        PageReader reader = manager("perdue" + alice + "@exemple.fr");
        assertThat(reader.open("/espace").uri().getPath()).startsWith("/espace");

        HttpResponse<String> page = losing.whileWaitingFor(tables, () -> reader.open("/espace"));

        assertToldToTryAgain(page);
        assertThat(page.body()).contains("La plateforme ne répond pas pour le moment");
    }

    @Test
    void a_reader_of_the_console() {
        HttpResponse<String> page = losing.whileWaitingFor(
                "help_request", () -> ops.send(ops.request("/ops/aide").header("Accept", "text/html")));

        assertToldToTryAgain(page);
        assertThat(page.body()).contains("database is not responding").doesNotContain("changed", "not done");
    }

    @Test
    void an_operator_at_the_console() {
        vendorIsThere();

        HttpResponse<String> page = losing.whileWaitingFor(
                "connector_action, connector_override",
                () -> ops.send(ops.request("/ops/vendors/perdu/pause")
                        .header("Accept", "text/html")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("reason=lost"))));

        assertToldToTryAgain(page);
        assertThat(page.body()).contains("most likely not done");
    }

    private PageReader manager(String email) {
        portal.put("/api/v1/facilities/1750000889", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        portal.post(
                "/api/v1/facilities/1750000889/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Camille\"}");
        return SignInProvider.signIn(port, email, SignInProvider.address(email, "Camille", "MARTIN"));
    }

    private void vendorIsThere() {
        Descriptor.of("perdu").at("http://localhost:1").dropInto(connectors);
        await().until(() -> ops.get("/api/v1/connectors/perdu").statusCode() == 200);
    }

    private HttpResponse<String> hideSlots() {
        return portal.put("/api/v1/practitioners/" + alice + "/settings", "{\"vendorSlotsHidden\": true}");
    }

    private void assertToldToTryAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        List<ILoggingEvent> told = List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(event -> event.getThreadName().contains("handler"))
                .toList();
        assertThat(told)
                .filteredOn(event -> event.getFormattedMessage().contains("failed with the database"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getFormattedMessage().lines()).hasSize(1));
        assertThat(told).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
    }
}
