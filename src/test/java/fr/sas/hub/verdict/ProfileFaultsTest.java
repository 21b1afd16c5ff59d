package fr.sas.hub.verdict;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Faults that only the FHIR profiles know of: {@code $validate} tells them where they are, and by weight. */
@HubTest
class ProfileFaultsTest {

    @LocalServerPort
    int port;

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("PROFILE", "error", "Slot.language", "{\"language\": \"francais\"}"),
                arguments(
                        "PROFILE",
                        "error",
                        "Slot.text.div",
                        "{\"text\": {\"status\": \"empty\", \"div\": \"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"/>\"}}"),
                arguments(
                        "PROFILE_WARNING",
                        "information",
                        "Slot.specialty[0]",
                        "{\"specialty\": [{\"coding\": [{\"system\": \"https://vendor.example/specialites\", \"code\": \"1\"}]}]}"));
    }

    @ParameterizedTest(name = "{0} at {2}")
    @MethodSource("faults")
    void is_told_where_it_is_and_how_much_it_weighs(String rule, String severity, String place, String fault) {
        ObjectNode right = (ObjectNode) aBundle()
                .with(aPractitioner("899900000613", "DURAND", "Alice")
                        .at(aPlace("1750000613").phone("+33140000613"))
                        .slot(aVendorSlot().bookableAt("https://vendor.example/rdv/1")))
                .toNode()
                .at("/entry/0/resource");
        ObjectNode spoilt = right.deepCopy();
        spoilt.setAll((ObjectNode) BundleFaults.read(fault));

        assertThat(saidOf(right)).noneMatch(said -> said.endsWith(" " + place));
        assertThat(saidOf(spoilt)).contains(severity + " " + rule + " " + place);
    }

    /** Severity, rule and place of each issue. */
    private List<String> saidOf(JsonNode slot) {
        HubClient client = HubClient.at(port).as("test-ops");
        JsonNode outcome = HubClient.json(client.send(client.request("/fhir/Slot/$validate")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(slot.toString()))));
        List<String> said = new ArrayList<>();
        outcome.path("issue")
                .forEach(issue -> said.add(issue.path("severity").asText() + " "
                        + issue.at("/details/coding/0/code").asText() + " "
                        + issue.at("/expression/0").asText()));
        return said;
    }
}
