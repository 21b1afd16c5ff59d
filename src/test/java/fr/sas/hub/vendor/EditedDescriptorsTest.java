package fr.sas.hub.vendor;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.management.UnixOperatingSystemMXBean;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** A descriptor that is edited again and again: what the line before held ends with it. */
@HubTest
@Isolated("counts threads and open files of the whole process")
class EditedDescriptorsTest {

    private static final Source VENDOR = new Source("souvent-corrige");
    private static final int EDITS = 12;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().containerThreads(20));

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    CamelContext camel;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void a_vendor_that_has_nothing_free() {
        server.start();
        server.stubFor(
                get(anyUrl()).willReturn(okJson("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}")));
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of(VENDOR.name()).removeFrom(connectors);
        await().until(() -> vendors.find(VENDOR).isEmpty());
        server.stop();
    }

    /** What a hub holds that grows when it forgets to let go. */
    private record Holdings(long clients, long askers, long files, int meters, int routes, int endpoints) {}

    private Holdings holdings() {
        return new Holdings(
                threads("HttpClient-"),
                threads("ask-" + VENDOR),
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount(),
                meters.getMeters().size(),
                ((ModelCamelContext) camel).getRouteDefinitions().size(),
                camel.getEndpoints().size());
    }

    private static long threads(String in) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(in))
                .count();
    }

    @Test
    void what_the_line_of_a_vendor_held_ends_with_it() {
        List<String> roster = new ArrayList<>();
        for (int edit = 0; edit < 3; edit++) {
            edit(roster);
        }
        Holdings before = holdings();

        for (int edit = 0; edit < EDITS; edit++) {
            edit(roster);
        }

        await().untilAsserted(() -> {
            Holdings after = holdings();
            assertThat(after.clients).as("threads of HTTP clients").isLessThanOrEqualTo(before.clients + 6);
            assertThat(after.askers).as("threads that ask").isLessThanOrEqualTo(4);
            assertThat(after.files).as("open files").isLessThanOrEqualTo(before.files + 15);
            assertThat(after.meters).as("meters").isLessThanOrEqualTo(before.meters + 15);
            assertThat(after.routes).as("routes").isEqualTo(before.routes);
            assertThat(after.endpoints).as("endpoints").isLessThanOrEqualTo(before.endpoints + 2);
        });
    }

    @Test
    void what_a_vendor_that_left_held_ends_with_it() {
        edit(new ArrayList<>());
        assertThat(camelMeters()).isPositive();

        Descriptor.of(VENDOR.name()).removeFrom(connectors);
        await().until(() -> vendors.find(VENDOR).isEmpty());

        await().untilAsserted(() -> {
            assertThat(threads("ask-" + VENDOR)).isZero();
            assertThat(camelMeters()).isZero();
        });
    }

    private long camelMeters() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().toString().contains(VENDOR.name()))
                .count();
    }

    /** One more to ask for, who is so by the new line. */
    private void edit(List<String> roster) {
        String one = "8100007%05d".formatted(roster.size());
        roster.add(one);
        Descriptor.of(VENDOR.name())
                .at(server.baseUrl())
                .roster(roster.toArray(String[]::new))
                .dropInto(connectors);
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> !server.findAll(getRequestedFor(anyUrl())).stream()
                        .filter(request -> request.getUrl().contains(one))
                        .toList()
                        .isEmpty());
    }
}
