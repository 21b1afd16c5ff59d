package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Links lead where the operator or a trusted proxy says, not where a caller says. */
class ForwardedTest {

    private static String selfOf(int port, String... headers) throws IOException {
        String answer = raw(port, headers);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return answer.replaceFirst("(?s).*\"relation\":\"self\",\"url\":\"(.*?)/Slot.*", "$1");
    }

    private static String raw(int port, String... headers) throws IOException {
        return get(port, HubClient.slotsOf(Instant.parse("2026-11-28T10:00:00Z"), "810000009901"), headers);
    }

    private static String get(int port, String path, String... headers) throws IOException {
        try (Socket connection = new Socket("127.0.0.1", port)) {
            connection
                    .getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nAuthorization: Bearer test-search\r\nConnection: close\r\n"
                                    + String.join("\r\n", headers) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Nested
    @HubTest
    class BehindATrustedProxy {

        @LocalServerPort
        int port;

        @ParameterizedTest
        @CsvSource(
                delimiter = '>',
                value = {
                    "X-Forwarded-Proto: https|X-Forwarded-Host: sas.example > https://sas.example/fhir",
                    "X-Forwarded-Proto: https|X-Forwarded-Host: sas.example:8443 > https://sas.example:8443/fhir",
                    "X-Forwarded-Proto: https|X-Forwarded-Host: sas.example|X-Forwarded-Port: 8443 > https://sas.example:8443/fhir",
                    "X-Forwarded-Proto: https|X-Forwarded-Host: [2001:db8::1]:8443 > https://[2001:db8::1]:8443/fhir"
                })
        void links_are_what_the_proxy_says(String headers, String base) throws IOException {
            assertThat(selfOf(port, ("Host: localhost|" + headers.strip()).split("\\|")))
                    .isEqualTo(base.strip());
        }
    }

    @Nested
    @HubTest
    @TestPropertySource(properties = {"hub.access.trusted-proxies=", "hub.search.hosts=sas.example"})
    class WithoutProxy {

        @LocalServerPort
        int port;

        @Test
        void what_anybody_forwards_is_not_believed() throws IOException {
            assertThat(selfOf(
                            port,
                            "Host: localhost:" + port,
                            "X-Forwarded-Host: evil.example",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Port: 666",
                            "Forwarded: host=evil.example;proto=https"))
                    .isEqualTo("http://localhost:" + port + "/fhir");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"evil.example", "evil.example:8080", "6.6.6.6", "localhost.evil.example", "[2001:db8::1]"})
        void a_host_that_nobody_vouches_for_is_refused(String host) throws IOException {
            assertThat(raw(port, "Host: " + host))
                    .startsWith("HTTP/1.1 421")
                    .contains("OperationOutcome", "hub.search.base-url");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/espace", "/conditions", "/connexion", "/oauth2/authorization/identite"})
        void pages_for_people_are_not_opened_under_a_host_that_nobody_vouches_for(String page) throws IOException {
            assertThat(get(port, page, "Host: evil.example", "Accept: text/html"))
                    .startsWith("HTTP/1.1 421")
                    .doesNotContain("evil.example");
            assertThat(get(port, page, "Host: sas.example", "Accept: text/html"))
                    .doesNotStartWith("HTTP/1.1 421")
                    .doesNotStartWith("HTTP/1.1 500");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/fhir;x=y/metadata",
                    "/fhir;/Slot",
                    "/fhir;x=y",
                    "/fhi%72/metadata",
                    "//fhir/metadata",
                    "/api;x=y/v1/vendors",
                    "/connexion;x=y"
                })
        void an_address_with_parameters_in_its_path_is_a_fault_of_whoever_asks(String path) throws IOException {
            assertThat(get(port, path, "Host: localhost", "Authorization: Bearer test-search"))
                    .startsWith("HTTP/1.1 4")
                    .doesNotContain("Exception");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sas.example", "SAS.example:8443", "127.0.0.1", "localhost:80"})
        void known_hosts_are_answered_under_their_name(String host) throws IOException {
            assertThat(selfOf(port, "Host: " + host)).startsWith("http://" + host.split(":")[0]);
        }
    }

    @Nested
    @HubTest
    @TestPropertySource(properties = "hub.search.base-url=https://fhir.sas.example/fhir")
    class WithABaseUrl {

        @LocalServerPort
        int port;

        @Test
        void the_configured_address_wins_over_every_host() throws IOException {
            assertThat(selfOf(port, "Host: evil.example", "X-Forwarded-Host: evil.example"))
                    .isEqualTo("https://fhir.sas.example/fhir");
        }

        @Test
        void pages_for_people_are_opened_under_its_host_and_not_under_others() throws IOException {
            assertThat(get(port, "/connexion", "Host: fhir.sas.example")).startsWith("HTTP/1.1 200");
            assertThat(get(port, "/connexion", "Host: evil.example")).startsWith("HTTP/1.1 421");
        }
    }
}
