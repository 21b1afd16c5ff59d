package fr.sas.hub.verdict;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.TestCertificate;
import fr.sas.hub.verdict.CheckReport.Status;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A check says with whom the hub speaks, and whether others can listen. */
class EncryptedVendorTest {

    private static final String HERE = "ip:127.0.0.1";

    @Test
    void a_certificate_that_is_valid_for_long_by_a_known_authority_is_well() {
        TestCertificate certificate = TestCertificate.of(HERE, 10, 365);
        CheckReport report = check(certificate, certificate.trusted());

        assertThat(CheckTest.broken(report)).isEmpty();
        assertThat(CheckTest.ids(report, Status.PASSED)).contains("TLS", "CERTIFICATE_ENDS_SOON");
    }

    @Test
    void a_certificate_that_ends_within_the_month_is_told_in_time() {
        TestCertificate certificate = TestCertificate.of(HERE, 80, 90);
        CheckReport report = check(certificate, certificate.trusted());

        assertThat(CheckTest.broken(report)).singleElement().asString().startsWith("CERTIFICATE_ENDS_SOON ");
        assertThat(report.isPassed()).isTrue();
    }

    @Test
    void an_authority_that_nobody_knows() {
        assertNotTrusted(check(TestCertificate.of(HERE, 10, 365), null), "PKIX path building failed");
    }

    @Test
    void a_certificate_that_has_ended() {
        TestCertificate certificate = TestCertificate.of(HERE, 100, 90);

        assertNotTrusted(check(certificate, certificate.trusted()), "validity check failed");
    }

    @Test
    void a_certificate_of_somebody_else() {
        TestCertificate certificate = TestCertificate.of("dns:ailleurs.example", 10, 365);

        assertNotTrusted(check(certificate, certificate.trusted()), "127.0.0.1");
    }

    @Test
    void a_server_on_another_machine_that_does_not_encrypt() throws IOException {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeThat(outside).as("an address of this machine as others see it").isPresent();
        WireMockServer plain = new WireMockServer(WireMockConfiguration.options()
                .bindAddress(outside.orElseThrow().getHostAddress())
                .dynamicPort());
        plain.start();
        plain.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        try (ServerProbe probe = GoodVendor.probe(
                plain.baseUrl().replace("localhost", outside.orElseThrow().getHostAddress()))) {
            assertThat(CheckTest.broken(CheckTest.CHECK.run(probe, GoodVendor.order(false))))
                    .anyMatch(found -> found.startsWith("TLS "));
        } finally {
            plain.stop();
        }
    }

    private static void assertNotTrusted(CheckReport report, String why) {
        assertThat(CheckTest.broken(report)).singleElement().asString().startsWith("TLS ");
        assertThat(report.results().stream()
                        .flatMap(result -> result.examples().stream())
                        .map(found -> String.valueOf(found.value())))
                .singleElement()
                .asString()
                .contains(why);
        assertThat(report.isPassed()).isFalse();
        assertThat(report.requests()).as("nothing is asked of a stranger").isEqualTo(1);
    }

    private static CheckReport check(TestCertificate certificate, @Nullable SSLContext trusted) {
        try (FakeVendor vendor = GoodVendor.aVendor().encrypted(certificate).start();
                ServerProbe probe =
                        ServerProbe.at(URI.create(vendor.baseUrl()), null, trusted, ServerProbe.Bounds.OF_THE_GUIDE)) {
            return CheckTest.CHECK.run(probe, GoodVendor.order(true));
        }
    }
}
