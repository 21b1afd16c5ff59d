package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Health tells the truth: whose trouble it is, why, since when, and whether the hub may be sent requests. */
@HubTest
@TestPropertySource(
        properties = {
            "hub.index.memory-outlasts=2s",
            "spring.datasource.hikari.connection-timeout=500",
            "spring.datasource.hikari.validation-timeout=500"
        })
class HealthTest {

    private static final String VENDOR = "sante-du-hub";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @Value("${hub.connectors}")
    Path connectors;

    @Value("${spring.datasource.url}")
    String database;

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    private HubClient ops;

    @BeforeEach
    void a_vendor_that_fails() {
        vendor.start();
        vendor.stubFor(get(anyUrl()).willReturn(serverError().withBody("Mme DURAND is not here")));
        ops = HubClient.at(port).as("test-ops");
        await().until(() -> status("/actuator/health/readiness") == 200);
    }

    @AfterEach
    void leaves() {
        Descriptor.of(VENDOR).removeFrom(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + VENDOR).statusCode() == 404);
        vendor.stop();
    }

    @Test
    void a_vendor_whose_circuit_is_open_is_down_and_only_a_warning_of_the_hub() {
        Descriptor.of(VENDOR)
                .at(vendor.baseUrl())
                .roster("810000660001", "810000660002", "810000660003", "810000660004", "810000660005", "810000660006")
                .poll("practitionersPerCall: 1")
                .poll("concurrency: 6")
                .poll("maxRequestsPerSecond: 50")
                .dropInto(connectors);

        await().atMost(Duration.ofSeconds(40))
                .until(() -> ofVendor().at("/details/reason").asText().startsWith("The circuit is open"));

        assertThat(ofVendor().path("status").asText()).isEqualTo("DOWN");
        assertThat(ofVendor().at("/details/trouble").asText()).isEqualTo("vendor-error");
        assertThat(ofVendor().at("/details/since").asText()).isNotBlank();
        assertThat(ofVendor().toString()).doesNotContain("DURAND");
        assertThat(health("/actuator/health").path("status").asText()).isEqualTo("WARN");
        assertThat(status("/actuator/health")).isEqualTo(200);
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
        assertThat(status("/actuator/health/liveness")).isEqualTo(200);
    }

    @Test
    void a_vendor_whose_route_stopped_gave_up_and_says_so() throws Exception {
        Descriptor.of(VENDOR).dropInto(connectors);
        String route = "fetch-slots-from-" + VENDOR;
        await().until(() -> camel.getRoute(route) != null);
        assertThat(ofVendor().path("status").asText()).isEqualTo("UNKNOWN");

        camel.getRouteController().stopRoute(route);

        assertThat(ofVendor().path("status").asText()).isEqualTo("DOWN");
        assertThat(ofVendor().at("/details/reason").asText())
                .isEqualTo("Its route is not running: it is not being asked");
        assertThat(ops.json("/api/v1/connectors/" + VENDOR).path("state").asText())
                .isEqualTo("GAVE_UP");
        assertThat(status("/actuator/health")).isEqualTo(200);
        assertThat(status("/actuator/health/readiness")).isEqualTo(200);
    }

    @Test
    void a_route_of_the_story_that_stopped_makes_the_hub_not_ready() throws Exception {
        camel.getRouteController().stopRoute("screen-an-agenda-and-index-its-slots");
        try {
            assertThat(status("/actuator/health/readiness")).isEqualTo(503);
            assertThat(health("/actuator/health/routes")
                            .at("/details/notRunning/0")
                            .asText())
                    .isEqualTo("screen-an-agenda-and-index-its-slots");
            assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        } finally {
            camel.getRouteController().startRoute("screen-an-agenda-and-index-its-slots");
        }
    }

    @Test
    void a_hub_without_its_database_is_down_and_not_ready_but_alive_and_comes_back_by_itself() throws SQLException {
        Descriptor.of(VENDOR).dropInto(connectors);
        await().until(() -> ops.get("/api/v1/connectors/" + VENDOR).statusCode() == 200);
        String name = database.replaceAll(".*/(hub_[0-9]+).*", "$1");
        atServer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        try {
            await().until(() -> {
                atServer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
                return hasOutlastedItsMemory();
            });
            assertThat(status("/actuator/health/readiness")).isEqualTo(503);
            assertThat(status("/actuator/health")).isEqualTo(503);
            assertThat(health("/actuator/health/db").path("status").asText()).isEqualTo("DOWN");
            assertThat(indexStatus()).isEqualTo("DOWN");
            assertThat(status("/actuator/health/liveness")).isEqualTo(200);

            HttpResponse<String> firstPage = ops.get("/ops");
            assertThat(firstPage.statusCode()).isEqualTo(200);
            assertThat(firstPage.body())
                    .as("what this node remembers, and that the rest is not known")
                    .contains("data-vendor=\"" + VENDOR + "\"", "not responding", "<strong>?</strong>");
            HttpResponse<String> another = ops.get("/ops/vendors/" + VENDOR);
            assertThat(another.statusCode()).isEqualTo(503);
            assertThat(another.body()).contains("The hub&#39;s database is not responding");
        } finally {
            atServer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        }
        await().until(() -> status("/actuator/health/readiness") == 200);
        await().until(() -> indexStatus().equals("UP"));
    }

    /** Before that it is ready for as long as its memory is enough, from when it knows that the database is silent. */
    private boolean hasOutlastedItsMemory() {
        JsonNode index = health("/actuator/health/index");
        return index.path("status").asText().equals("DOWN")
                && index.at("/details/reason").asText().equals("The database does not answer");
    }

    /** As while a table is rewritten: the database answers, and whoever reads the index waits. */
    @Test
    void a_node_that_cannot_read_its_index_is_ready_for_as_long_as_its_memory_is_enough() throws SQLException {
        await().until(() -> indexStatus().equals("UP"));
        try (Connection other = DriverManager.getConnection(database, "postgres", "")) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("LOCK TABLE index_slot IN ACCESS EXCLUSIVE MODE");
            }

            assertThat(indexStatus()).isEqualTo("WARN");
            await().until(() -> indexStatus().equals("DOWN"));
        }
        await().until(() -> indexStatus().equals("UP"));
    }

    private String indexStatus() {
        return health("/actuator/health/index").path("status").asText();
    }

    private void atServer(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.replaceAll("/hub_[0-9]+", "/postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private JsonNode ofVendor() {
        return health("/actuator/health/vendors/" + VENDOR);
    }

    private int status(String path) {
        return ops.get(path).statusCode();
    }

    private JsonNode health(String path) {
        try {
            return new ObjectMapper().readTree(ops.get(path).body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
