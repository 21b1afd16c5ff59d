package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What may be asked when practitioners are sought, with free slots or without: it is published, and anything else is refused. */
@HubTest
class RoleSearchParametersTest {

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "participation=false",
                "participation=yes&practitioner.identifier=810001234501",
                "practitioner.identifier=",
                "practitioner.identifier=810001234501&practitioner.identifier=810001234502",
                "location.address-postalcode=3",
                "location.address-postalcode=35%25",
                "practitioner.identifier=810001234501&_include=PractitionerRole:service",
                "practitioner.identifier=810001234501&_count=many",
                "practitioner.identifier=810001234501&_after=%27",
                "specialty=SM54&practitioner.identifier=810001234501",
                "practitioner.identifier:not=810001234501"
            })
    void what_is_not_understood_is_refused_with_a_word(String query) {
        HttpResponse<String> refused = hub().get("/fhir/PractitionerRole?" + query);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("OperationOutcome");
    }

    @Test
    void more_than_25_practitioners_are_refused() {
        assertThat(hub().get(RoleSearchTest.by(Stream.iterate(1, n -> n + 1)
                                .limit(26)
                                .map(Batches::practitioner)
                                .toArray(PractitionerId[]::new)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void metadata_names_the_search_with_its_parameters() throws Exception {
        JsonNode roles = StreamSupport.stream(
                        hub().json("/fhir/metadata").at("/rest/0/resource").spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals("PractitionerRole"))
                .findFirst()
                .orElseThrow();

        assertThat(roles.path("interaction").findValuesAsText("code")).contains("read", "search-type");
        assertThat(roles.path("searchParam").findValuesAsText("name"))
                .containsExactlyInAnyOrder(
                        "practitioner.identifier",
                        "organization.identifier",
                        "location.address-postalcode",
                        "participation",
                        "emergency-reorientation");
        for (String name : List.of("participation", "emergency-reorientation")) {
            JsonNode definition = new ObjectMapper()
                    .readTree(Files.readString(Path.of("fhir-profiles/SearchParameter-role-" + name + ".json")));
            assertThat(definition.path("code").asText()).isEqualTo(name);
            assertThat(roles.path("searchParam").findValuesAsText("definition"))
                    .contains(definition.path("url").asText());
        }
    }

    private HubClient hub() {
        return HubClient.at(port);
    }
}
