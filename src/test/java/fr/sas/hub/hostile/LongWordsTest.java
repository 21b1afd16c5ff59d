package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A word that is far longer than any meant one is refused by its length, at its place, and not repeated in the answer. */
@HubTest
class LongWordsTest {

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private HubClient vendor;

    @BeforeEach
    void a_vendor_delivers() {
        Descriptor.of("push-b").mode("push").dropInto(connectors);
        vendor = HubClient.at(port).as("test-vendor-push-b");
        Awaitility.await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").leaves(connectors, port);
    }

    @ParameterizedTest(name = "{0} in {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            slashes;  Bundle.entry[0].request.url;         {"request":{"method":"PUT","url":"LONG"},"resource":{"resourceType":"Location","id":"x"}}
            slashes;  Bundle.entry[0].request.ifNoneExist; {"request":{"method":"POST","url":"Location","ifNoneExist":"LONG"},"resource":{"resourceType":"Location"}}
            slashes;  Bundle.entry[0].fullUrl;             {"fullUrl":"LONG","request":{"method":"PUT","url":"Location/x"},"resource":{"resourceType":"Location","id":"x"}}
            history;  Bundle.entry[0].resource.schedule.reference; {"request":{"method":"PUT","url":"Slot/x"},"resource":{"resourceType":"Slot","id":"x","status":"free","start":"2027-01-01T10:00:00+01:00","end":"2027-01-01T10:15:00+01:00","schedule":{"reference":"Schedule/1LONG"}}}
            random;   Bundle.entry[0].resource.schedule.reference; {"request":{"method":"PUT","url":"Slot/x"},"resource":{"resourceType":"Slot","id":"x","status":"free","start":"2027-01-01T10:00:00+01:00","end":"2027-01-01T10:15:00+01:00","schedule":{"reference":"Schedule/LONG"}}}
            history;  Bundle.entry[0].resource.managingOrganization.reference; {"request":{"method":"PUT","url":"Location/x"},"resource":{"resourceType":"Location","id":"x","managingOrganization":{"reference":"Organization/1LONG"}}}
            random;   Bundle.entry[0].resource.identifier; {"request":{"method":"PUT","url":"Location/x"},"resource":{"resourceType":"Location","id":"x","identifier":[{"system":"urn:x","value":"LONG"}]}}
            digits;   line 1;                              {"request":{"method":"PUT","url":"Location/x"},"resource":{"resourceType":"Location","id":"x","position":{"longitude":1,"latitude":"LONG"}}}
            """)
    void a_word_without_end_is_refused_at_its_place(String what, String place, String entry) {
        String body = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
                + entry.replace("LONG", word(what)) + "]}";

        HttpResponse<String> answer = vendor.send(vendor.request("/fhir")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).as(beginning(answer)).isIn(400, 422);
        assertThat(answer.body()).contains(place).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({"http://vendor.example/r4/Organization/", "Practitioner/", "é"})
    void a_reference_that_is_only_rather_long_is_kept(String begin) {
        String reference = begin + word("random").substring(0, 1_900);

        HttpResponse<String> answer = vendor.send(vendor.request("/fhir/Location/x")
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(
                        "{\"resourceType\":\"Location\",\"id\":\"x\",\"managingOrganization\":{\"reference\":\""
                                + reference + "\"}}")));

        assertThat(answer.statusCode()).as(beginning(answer)).isIn(200, 201);
    }

    private static String word(String what) {
        return switch (what) {
            case "slashes" -> "/".repeat(60_000);
            case "history" -> "/_history/".repeat(10_000) + "\\n";
            case "digits" -> "7".repeat(20_000);
            default ->
                new Random(1)
                        .ints(20_000, 'a', 'z')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        };
    }

    private static String beginning(HttpResponse<String> answer) {
        return answer.body().substring(0, Math.min(500, answer.body().length()));
    }
}
