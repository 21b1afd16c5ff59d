package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A number of few characters and endless digits is refused at every door before anybody reckons with it. */
@HubTest
class NumbersTest {

    private static final String BOMB = "1e9999";

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @BeforeEach
    void a_vendor_delivers() {
        Descriptor.of("push-b").mode("push").dropInto(connectors);
        HubClient vendor = HubClient.at(port).as("test-vendor-push-b");
        Awaitility.await().until(() -> vendor.get("/fhir/Slot/nobody").statusCode() == 404);
        send(vendor, "PUT", "/fhir/Location/there", "application/fhir+json", """
                {"resourceType": "Location", "id": "there", "position": {"longitude": 1, "latitude": 2}}""");
    }

    @AfterEach
    void it_leaves() {
        Descriptor.of("push-b").leaves(connectors, port);
    }

    @ParameterizedTest(name = "{1} {2} {4}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            test-vendor-push-b; PUT;   /fhir/Location/x;     application/fhir+json;       {"resourceType":"Location","id":"x","position":{"longitude":1,"latitude":BOMB}}
            test-vendor-push-b; PUT;   /fhir/Location/x;     application/fhir+json;       {"resourceType":"Location","id":"x","nobodyKnows":[BOMB]}
            test-vendor-push-b; POST;  /fhir;                application/fhir+json;       {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"PUT","url":"Location/x"},"resource":{"resourceType":"Location","id":"x","position":{"longitude":1,"latitude":BOMB}}}]}
            test-vendor-push-b; PATCH; /fhir/Location/there; application/json-patch+json; [{"op":"replace","path":"/position/latitude","value":BOMB}]
            test-vendor-push-b; POST;  /fhir;                application/fhir+json;       {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"PATCH","url":"Location/there"},"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"BASE64"}}]}
            test-vendor-push-b; POST;  /fhir/$confirm;       application/fhir+json;       {"resourceType":"Parameters","parameter":[{"name":"everything","valueDecimal":BOMB}]}
            test-vendor-push-b; POST;  /fhir/Appointment;    application/fhir+json;       {"resourceType":"Appointment","priority":BOMB}
            test-search;        POST;  /fhir/$validate;      application/fhir+json;       {"resourceType":"Location","position":{"longitude":1,"latitude":BOMB}}
            test-portal;        PUT;   /api/v1/practitioners/899900000041/settings; application/json; {"vendorSlotsHidden":BOMB}
            test-portal;        POST;  /api/v1/practitioners/899900000041/agenda/entries; application/json; {"patients":BOMB}
            test-ops;           POST;  /api/v1/connectors/push-b/deliveries/replay; application/json; {"dryRun":true,"from":BOMB}
            """)
    void a_number_without_end_is_refused_at_once(
            String token, String method, String address, String type, String body) {
        String patch = "[{\"op\":\"replace\",\"path\":\"/position/latitude\",\"value\":" + BOMB + "}]";
        String sent =
                body.replace("BOMB", BOMB).replace("BASE64", Base64.getEncoder().encodeToString(patch.getBytes()));

        HttpResponse<String> answer = send(HubClient.at(port).as(token), method, address, type, sent);

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        assertThat(answer.body()).containsAnyOf("a number has at most 100 digits", "errors");
    }

    private static HttpResponse<String> send(HubClient as, String method, String address, String type, String body) {
        return as.send(as.request(address).header("Content-Type", type).method(method, BodyPublishers.ofString(body)));
    }
}
