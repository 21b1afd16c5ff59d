package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** The log as production has it, one JSON object a line: what it was about, and never about whom. */
@HubTest
@TestPropertySource(
        properties = {"hub.connector.claim-margin=1s", "hub.secrets.journal-token=vendor-token-never-logged"})
class LogTest {

    private static final String VENDOR = "journal";
    private static final String ALICE = "810000990001";
    private static final String SECRET = "vendor-token-never-logged";
    private static final String FAMILY = "QUENNEVILLE";
    private static final String MAIL = "a.quenneville@cabinet.example";
    private static final String PHONE = "+33199887766";

    private final WireMockServer vendor =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private @Nullable Object environmentBefore;

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    Environment environment;

    @MockitoSpyBean
    AvailabilityIndex index;

    @BeforeEach
    void read_the_log() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        environmentBefore = context.getObject(Environment.class.getName());
        context.putObject(Environment.class.getName(), environment);
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        context.getLogger("ROOT").addAppender(appender);
        vendor.start();
    }

    @AfterEach
    void leaves() {
        Descriptor.of(VENDOR).leaves(connectors, port);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("ROOT").detachAppender(appender);
        if (environmentBefore != null) {
            context.putObject(Environment.class.getName(), environmentBefore);
        }
        vendor.stop();
    }

    @Test
    void a_whole_flow_with_its_failures_is_told_by_vendor_and_delivery_and_without_names_or_tokens()
            throws IOException {
        doThrow(new IllegalStateException("no room in the journal"))
                .doCallRealMethod()
                .when(index)
                .replace(any());
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(okJson(aBundle()
                        .with(aPractitioner(ALICE, FAMILY, "Alice")
                                .at(aPlace("1750000001")
                                        .phone(PHONE)
                                        .slot(aVendorSlot().from(Instant.now().plus(Duration.ofHours(1))))
                                        .slot(aVendorSlot().audience(MAIL))))
                        .toJson())));
        String descriptor = Descriptor.of(VENDOR)
                .at(vendor.baseUrl())
                .roster(ALICE)
                .poll("timeout: 1s")
                .poll("every: 1s")
                .poll("idleEvery: 1s")
                .yaml();
        Files.writeString(
                connectors.resolve(VENDOR + ".yaml"), descriptor + "auth: { type: bearer, secret: journal-token }\n");
        HubClient search = HubClient.at(port);
        await().until(() -> search.json(HubClient.slotsOf(Instant.now(), ALICE))
                        .path("total")
                        .asInt()
                == 1);
        search.as("test-portal")
                .put(
                        "/api/v1/practitioners/" + ALICE,
                        "{\"family\": \"" + FAMILY + "\", \"given\": 12, \"email\": \"" + MAIL + "\"}");
        search.as("test-portal").put("/api/v1/practitioners/" + ALICE + "/settings", "{\"" + FAMILY + "\": \"" + MAIL);
        search.as("a-token-nobody-knows").get(HubClient.slotsOf(Instant.now(), ALICE));
        search.get("/fhir/Practitioner?family=" + FAMILY);
        vendor.verify(anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + SECRET)));
        vendor.stubFor(get(urlPathEqualTo("/Slot"))
                .willReturn(serverError().withBody("Dr " + FAMILY + " " + MAIL + " Bearer " + SECRET)));
        await().until(() -> search.as("test-ops")
                .get("/api/v1/connectors/" + VENDOR)
                .body()
                .contains("\"trouble\":\"vendor-error\""));

        String log = written.toString(StandardCharsets.UTF_8);

        assertThat(lines(log))
                .filteredOn(line -> line.path("message").asText().contains("no room in the journal"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("vendor").asText()).isEqualTo(VENDOR);
                    assertThat(line.path("delivery").asText()).matches("[0-9a-f-]{36}");
                    assertThat(line.at("/log/level").asText()).isEqualTo("ERROR");
                });
        assertThat(log.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(FAMILY.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("@cabinet.example")
                .doesNotContain("887766")
                .doesNotContain(SECRET)
                .doesNotContain("a-token-nobody-knows")
                .doesNotContain("test-portal")
                .doesNotContain("test-search");
    }

    private static List<JsonNode> lines(String log) {
        return Stream.of(log.split("\n")).map(LogTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Not JSON: " + line, e);
        }
    }
}
