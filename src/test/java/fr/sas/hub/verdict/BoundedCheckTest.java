package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorFault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a vendor's server does, a check of it ends, and says what the server did. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedCheckTest {

    private static final ServerProbe.Bounds SMALL =
            new ServerProbe.Bounds(Duration.ofMillis(600), 400_000, 1_000_000, 5);

    @Test
    void a_server_that_takes_the_call_and_says_nothing() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            vendor.hang();

            assertThat(broken(vendor.baseUrl())).containsExactly("RESPONSE_TIME");
        }
    }

    @Test
    void a_machine_that_does_not_even_take_the_call() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CheckReport report = check("http://127.0.0.1:" + deaf.getLocalPort());

            assertThat(report.reachable()).isFalse();
            assertThat(report.isPassed()).isFalse();
            assertThat(ids(report)).containsExactly("RESPONSE_TIME");
        }
    }

    @Test
    void a_server_that_drips() {
        VendorFault drip =
                VendorFault.ofAnswers((request, answer) -> request.getUrl().startsWith("/Slot")
                        ? aResponse()
                                .withHeader("Content-Type", "application/fhir+json")
                                .withBody(answer.get().build().getBody())
                                .withChunkedDribbleDelay(1_000, 120_000)
                        : answer.get());
        try (FakeVendor vendor = GoodVendor.with(drip)) {
            assertThat(broken(vendor.baseUrl())).containsExactly("RESPONSE_TIME");
        }
    }

    @Test
    void a_server_that_floods() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            vendor.flood(2_000);

            assertThat(brokenInTheEnd(vendor.baseUrl())).contains("TOO_LARGE").doesNotContain("RESPONSE_TIME");
        }
    }

    @Test
    void a_server_that_never_stops_sending() throws IOException {
        try (ServerSocket endless = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> pourInto(endless));

            assertThat(brokenInTheEnd("http://127.0.0.1:" + endless.getLocalPort()))
                    .containsExactlyInAnyOrder("TOO_LARGE");
        }
    }

    private static void pourInto(ServerSocket server) {
        try {
            while (true) {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> pour(caller));
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static void pour(Socket caller) {
        byte[] spaces = new byte[65_536];
        Arrays.fill(spaces, (byte) ' ');
        try (caller;
                OutputStream out = caller.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(spaces);
            }
        } catch (IOException hungUp) {
            assertThat(hungUp).isNotNull();
        }
    }

    @Test
    void a_server_whose_pages_never_end() {
        VendorFault endless = new VendorFault() {
            @Override
            public void spoil(
                    com.github.tomakehurst.wiremock.http.Request request,
                    com.fasterxml.jackson.databind.node.ObjectNode bundle) {
                int page = request.queryParameter("page").isPresent()
                        ? Integer.parseInt(request.queryParameter("page").firstValue())
                        : 1;
                String next = request.getAbsoluteUrl().replaceFirst("&page=\\d+", "") + "&page=" + (page + 1);
                bundle.withArray("/link").addObject().put("relation", "next").put("url", next);
            }
        };
        try (FakeVendor vendor = GoodVendor.with(endless)) {
            assertThat(brokenInTheEnd(vendor.baseUrl())).contains("TOO_LARGE");
        }
    }

    @Test
    void nobody_is_there() throws IOException {
        int free;
        try (ServerSocket gone = new ServerSocket(0)) {
            free = gone.getLocalPort();
        }
        CheckReport report = check("http://127.0.0.1:" + free);

        assertThat(report.reachable()).isFalse();
        assertThat(ids(report)).containsExactly("REACHABLE");
        assertThat(report.requests()).isEqualTo(1);
    }

    @Test
    void a_slow_answer_about_one_practitioner_is_a_warning() {
        VendorFault slow = VendorFault.ofAnswers((request, answer) ->
                request.getUrl().startsWith("/Slot") && !request.getUrl().contains(GoodVendor.BERNARD)
                        ? aResponse()
                                .withStatus(answer.get().build().getStatus())
                                .withHeader("Content-Type", "application/fhir+json")
                                .withBody(answer.get().build().getBody())
                                .withFixedDelay(300)
                        : answer.get());
        try (FakeVendor vendor = GoodVendor.with(slow);
                ServerProbe probe = GoodVendor.probe(vendor.baseUrl())) {
            CheckOrder patient = GoodVendor.order(false);
            CheckOrder order = new CheckOrder(
                    patient.practitioners(),
                    null,
                    patient.associations(),
                    patient.unknown(),
                    false,
                    Tolerances.NONE,
                    Duration.ofMillis(100));
            CheckReport report = CheckTest.CHECK.run(probe, order);

            assertThat(ids(report)).containsExactly("RESPONSE_TIME_ONE");
            assertThat(report.isPassed()).isTrue();
        }
    }

    @Test
    void an_account_whose_creation_is_answered_too_late_is_disabled_all_the_same() {
        VendorFault late = VendorFault.ofAnswers((request, answer) ->
                request.getMethod().getName().equals("POST") ? answer.get().withFixedDelay(30_000) : answer.get());
        try (FakeVendor vendor = GoodVendor.with(late);
                ServerProbe probe = ServerProbe.at(URI.create(vendor.baseUrl()), null, null, SMALL)) {
            CheckReport report = CheckTest.CHECK.run(probe, GoodVendor.order(true));

            assertThat(ids(report)).containsExactly("ACCOUNT_CREATED");
            assertThat(vendor.accounts().values())
                    .isNotEmpty()
                    .noneMatch(account -> account.path("active").asBoolean());
        }
    }

    private static CheckReport check(String base) {
        try (ServerProbe probe = ServerProbe.at(URI.create(base), null, null, SMALL)) {
            return CheckTest.CHECK.run(probe, GoodVendor.order(false));
        } catch (UncheckedIOException e) {
            throw new AssertionError(e);
        }
    }

    /** By a check that waits until the size is too much, on a busy machine too. */
    private static List<String> brokenInTheEnd(String base) {
        try (ServerProbe patient = ServerProbe.at(URI.create(base), null, null, SMALL.within(Duration.ofSeconds(30)))) {
            return ids(CheckTest.CHECK.run(patient, GoodVendor.order(false)));
        }
    }

    private static List<String> broken(String base) {
        return ids(check(base));
    }

    private static List<String> ids(CheckReport report) {
        return report.results().stream()
                .filter(result -> !result.examples().isEmpty())
                .map(result -> result.rule().id())
                .toList();
    }
}
