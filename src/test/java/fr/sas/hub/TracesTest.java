package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A question to a vendor can be followed from its claim to the index, and by the vendor; or nothing is traced at all. */
class TracesTest {

    private static final String VENDOR = "tracee";
    private static final String ALICE = "810000880001";

    /** What both hubs have: a vendor that answers. */
    abstract static class OneVendor {

        final WireMockServer vendor =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());

        @Value("${hub.connectors}")
        Path connectors;

        @LocalServerPort
        int port;

        @BeforeEach
        void a_vendor() {
            vendor.start();
            vendor.stubFor(get(urlPathEqualTo("/Slot"))
                    .willReturn(okJson(aBundle()
                            .with(aPractitioner(ALICE, "DURAND", "Alice")
                                    .at(aPlace("1750000001")
                                            .slot(aVendorSlot()
                                                    .from(Instant.now().plus(Duration.ofHours(2))))))
                            .toJson())));
            vendor.stubFor(post(anyUrl()).willReturn(ok()));
            Descriptor.of(VENDOR)
                    .at(vendor.baseUrl())
                    .roster(ALICE)
                    .poll("every: 1s")
                    .poll("idleEvery: 1s")
                    .dropInto(connectors);
            await().until(() -> HubClient.at(port)
                            .json(HubClient.slotsOf(Instant.now(), ALICE))
                            .path("total")
                            .asInt()
                    == 1);
        }

        @AfterEach
        void leaves() {
            Descriptor.of(VENDOR).removeFrom(connectors);
            HubClient ops = HubClient.at(port).as("test-ops");
            await().until(() -> ops.get("/api/v1/connectors/" + VENDOR).statusCode() == 404);
            vendor.stop();
        }

        List<LoggedRequest> questions() {
            return vendor.findAll(anyRequestedFor(urlPathEqualTo("/Slot")));
        }
    }

    @Nested
    @HubTest
    @AutoConfigureObservability
    @ActiveProfiles({"test", "tracing"})
    @TestPropertySource(properties = "management.tracing.sampling.probability=1")
    class WithTracing extends OneVendor {

        private static final Queue<SpanData> SPANS = new ConcurrentLinkedQueue<>();
        private static final WireMockServer COLLECTOR =
                new WireMockServer(WireMockConfiguration.options().dynamicPort());

        @DynamicPropertySource
        static void whereTracesGo(DynamicPropertyRegistry settings) {
            settings.add("management.otlp.tracing.endpoint", () -> {
                COLLECTOR.start();
                COLLECTOR.stubFor(post(anyUrl()).willReturn(ok()));
                return COLLECTOR.baseUrl() + "/v1/traces";
            });
        }

        @AfterAll
        static void stop() {
            COLLECTOR.stop();
        }

        @TestConfiguration
        static class Kept {
            @Bean
            SpanProcessor keepSpans() {
                return SimpleSpanProcessor.create(new SpanExporter() {
                    @Override
                    public CompletableResultCode export(Collection<SpanData> spans) {
                        SPANS.addAll(spans);
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                });
            }
        }

        @Test
        void the_vendor_is_told_the_trace_that_goes_on_through_the_routes_to_the_index() {
            String traceparent = questions().getFirst().getHeader("traceparent");
            assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            String trace = traceparent.substring(3, 35);

            await().until(() ->
                    of(trace).stream().anyMatch(span -> span.getName().equals("deliver " + VENDOR)));

            assertThat(of(trace).stream().map(SpanData::getName))
                    .contains(
                            "deliver " + VENDOR,
                            "GET",
                            "intake.read",
                            "participation.screen",
                            "availabilityIndex.replace",
                            "vendorPolling.release");
            SpanData call = of(trace).stream()
                    .filter(span -> span.getKind() == SpanKind.CLIENT)
                    .findFirst()
                    .orElseThrow();
            assertThat(call.getSpanId()).isEqualTo(traceparent.substring(36, 52));
            SpanData ask = of(trace).stream()
                    .filter(span -> span.getName().equals("deliver " + VENDOR))
                    .findFirst()
                    .orElseThrow();
            assertThat(ask.getParentSpanContext().isValid()).isFalse();
            assertThat(of(trace).stream().filter(span -> span != ask))
                    .isNotEmpty()
                    .allMatch(span -> span.getParentSpanId().equals(ask.getSpanId()));
        }

        @Test
        void the_collector_is_sent_them_by_otlp() {
            await().until(() -> !COLLECTOR
                    .findAll(postRequestedFor(urlPathEqualTo("/v1/traces"))
                            .withHeader("Content-Type", equalTo("application/x-protobuf")))
                    .isEmpty());
        }

        @Test
        void each_question_has_a_trace_of_its_own_and_a_look_that_finds_nobody_has_none() {
            await().until(() -> questions().size() >= 3);
            assertThat(questions().stream()
                            .map(question -> question.getHeader("traceparent"))
                            .distinct())
                    .hasSameSizeAs(questions());
            assertThat(SPANS.stream().map(SpanData::getName)).noneMatch(name -> name.contains("claim"));
        }

        @Test
        void a_request_goes_on_with_the_trace_its_caller_began() {
            String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
            HubClient hub = HubClient.at(port);

            hub.send(hub.request(HubClient.slotsOf(Instant.now(), ALICE))
                    .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

            await().until(() -> !of(trace).isEmpty());
            assertThat(of(trace).getFirst().getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        }

        private List<SpanData> of(String trace) {
            return SPANS.stream()
                    .filter(span -> span.getTraceId().equals(trace))
                    .toList();
        }
    }

    @Nested
    @HubTest
    class Without extends OneVendor {

        @Autowired
        ObjectProvider<Tracer> tracer;

        @Test
        void there_is_no_tracer_and_nothing_is_sent() {
            assertThat(tracer.getIfAvailable()).isNull();
            assertThat(questions())
                    .isNotEmpty()
                    .allSatisfy(question -> assertThat(question.getAllHeaderKeys())
                            .doesNotContain("traceparent", "tracestate", "baggage"));
            assertThat(vendor.findAll(postRequestedFor(anyUrl()))).isEmpty();
        }
    }
}
