package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests as no library writes them, byte by byte: each is answered by its own status, below /fhir with an OperationOutcome. */
@HubTest
class OddRequestsTest {

    private static final String SLOT = "{\"resourceType\":\"Location\",\"id\":\"x\"}";

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @BeforeEach
    void a_vendor_delivered() throws IOException {
        Descriptor.of("push-b").mode("push").dropInto(connectors);
        HubClient vendor = HubClient.at(port).as("test-vendor-push-b");
        Awaitility.await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
        answer("DELETE /fhir/Location/there", "", "");
        answer("PUT /fhir/Location/there", "", SLOT.replace("\"x\"", "\"there\""));
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").leaves(connectors, port);
    }

    @ParameterizedTest(name = "{1} {2} {3}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            400; GET /fhir/Slot?x="; ``; ``
            400; GET /fhir/Slot?x=é; ``; ``
            400; GET /fhir/%zz; ``; ``
            400; GET /fhir/Slot/a;b; ``; ``
            400; GET /fhir//Slot/../x; ``; ``
            400; PUT /fhir/Location?identifier=urn:x|%zz; ``; SLOT
            400; PUT /fhir/Location/x; ``; DEEP
            400; PUT /fhir/Location/x; ``; SLOT garbage
            422; PATCH /fhir/Location/there; `Content-Type: application/json-patch+json`; [{"op":"add","path":"/specialty/99999999999","value":{}}]
            422; PATCH /fhir/Location/there; `Content-Type: application/json-patch+json`; [{"op":"remove","path":"/name"}]
            422; PATCH /fhir/Location/there; `Content-Type: application/json-patch+json`; [{"op":"add","path":"/name","value":"n"},{"op":"remove","path":"/name"},{"op":"remove","path":"/name"}]
            415; PUT /fhir/Location/x; `Content-Encoding: deflate`; SLOT
            415; PUT /fhir/Location/x; `Content-Encoding: zstd`; SLOT
            415; POST /fhir/Appointment; `Content-Encoding: br`; {}
            415; POST /fhir/$validate; `Content-Encoding: gzip`; {}
            400; PUT /fhir/Location/x; ``; {"resourceType":"Location","id":"x","extension":[null]}
            400; PUT /fhir/Location/x; ``; {"resourceType":"Location","id":"x","position":{"longitude":1,"latitude":"1e999"}}
            400; PUT /fhir/Location/x; ``; {"resourceType":"Location","id":"x","contained":[{"resourceType":"Location","id":"l","position":{"longitude":"1","latitude":1}}]}
            400; POST /fhir/Appointment; ``; {"resourceType":"Appointment","extension":[null]}
            200; POST /fhir/$validate; ``; {"resourceType":"Location","id":"x","extension":[null]}
            200; PUT /fhir/Location/x2; `Content-Encoding: identity`; SLOT2
            200; HEAD /fhir/Location/there; ``; ``
            200; PUT /fhir/Location/there; `If-Match: W/"7", W/"CURRENT"`; {"resourceType":"Location","id":"there","name":"a"}
            412; PUT /fhir/Location/there; `If-Match: W/"700", W/"800"`; {"resourceType":"Location","id":"there","name":"b"}
            200; PUT /fhir/Location?identifier=a|b&_format=json; ``; {"resourceType":"Location","identifier":[{"system":"a","value":"b"}]}
            200; PUT /fhir/Location/words; ``; {"resourceType":"Location","id":"words","name":"\\\\\\\\u0000 in words"}
            400; FOO /fhir/Slot/x; ``; ``
            501; PUT /fhir/Location/x; `Transfer-Encoding: frob`; SLOT
            """)
    void an_odd_request_is_answered_by_its_own_status(int status, String line, String header, String body)
            throws IOException {
        String version =
                after(answer("GET /fhir/Location/there", "", ""), "ETag: W/\"").split("\"", 2)[0];
        String sent = body.replace("SLOT2", SLOT.replace("\"x\"", "\"x2\""))
                .replace("SLOT", SLOT)
                .replace("DEEP", "{\"a\":".repeat(1_100) + "1" + "}".repeat(1_100));

        String answer = answer(line, header.replace("CURRENT", version), sent);

        int got = Integer.parseInt(answer.substring(9, 12));
        assertThat(got == 201 ? 200 : got).as(answer).isEqualTo(status);
        if (status >= 400) {
            assertThat(answer).contains("OperationOutcome").doesNotContain("<html", "Exception", "The hub failed");
        }
    }

    @ParameterizedTest
    @CsvSource({"/fhir/metadata", "/actuator/health", "/", "/developpeurs", "/ops/login"})
    void what_is_open_to_get_is_open_to_head(String path) throws IOException {
        String answer = raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"/calendar/nobody.ics", "/api/v1/x\"", "/api/v1//x"})
    void elsewhere_the_servers_own_errors_are_problems(String path) throws IOException {
        String answer = raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("text/html").containsPattern("HTTP/1.1 40[04]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/espace/%", "/espace%2fcompte", "/espace/compte%00", "/espace/a|b", "/%zz", "/aide/%FF"})
    void a_browser_at_an_address_that_the_server_cannot_read_is_told_on_a_page_in_its_language(String path)
            throws IOException {
        String french = browser(path, "");

        assertThat(french)
                .startsWith("HTTP/1.1 400")
                .contains("text/html;charset=utf-8", "<html lang=\"fr\"", "Votre demande n'a pas abouti", "href=\"/\"")
                .contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff")
                .doesNotContain("The server refused", "OperationOutcome", path);
        assertThat(browser(path, "Accept-Language: en-GB,en;q=0.9\r\n"))
                .contains("<html lang=\"en\"", "Your request could not be completed");
    }

    @Test
    void a_browser_whose_headers_are_too_long_is_told_on_a_page() throws IOException {
        assertThat(browser("/espace", "X-Long: " + "a".repeat(9_000) + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("<html lang=\"fr\"", "Votre demande n'a pas abouti");
    }

    @Test
    void at_an_address_of_programs_a_browser_reads_what_programs_read() throws IOException {
        assertThat(browser("/fhir/%", "")).contains("OperationOutcome").doesNotContain("<html");
        assertThat(browser("/api/v1/%", ""))
                .contains("application/problem+json", "Le serveur n'a pas accepté cette requête")
                .doesNotContain("<html");
    }

    private String browser(String path, String header) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" + header + "\r\n");
    }

    private String answer(String line, String header, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String type = header.startsWith("Content-Type") ? "" : "Content-Type: application/fhir+json\r\n";
        return raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer test-vendor-push-b\r\n" + type + (header.isEmpty() ? "" : header + "\r\n")
                + "Content-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String after(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? "" : text.substring(at + mark.length());
    }
}
