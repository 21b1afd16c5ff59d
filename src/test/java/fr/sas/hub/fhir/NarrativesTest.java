package fr.sas.hub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Texts for people cost a resource that is delivered nothing, and are kept as they came. */
class NarrativesTest {

    @Test
    void a_resource_is_read_whatever_its_narratives_are_and_keeps_them() throws JsonProcessingException {
        String untidy = "{\"status\":\"generated\",\"div\":\"<div>Dr X<br>Mardi & jeudi</div>\"}";
        String json = "{\"resourceType\":\"PractitionerRole\",\"id\":\"1\",\"text\":" + untidy
                + ",\"contained\":[{\"resourceType\":\"Location\",\"id\":\"l\",\"text\":" + untidy
                + "}],\"location\":[{\"reference\":\"#l\"}]}";
        ObjectNode role = (ObjectNode) JsonMapper.builder().build().readTree(json);

        assertThat(new FhirSyntax(FhirContext.forR4Cached()).complaintAbout(role))
                .isNull();
        assertThat(role).hasToString(json);
        assertThat(new FhirSyntax(FhirContext.forR4Cached()).complaintAbout(role.put("active", "perhaps")))
                .isNotNull();
    }
}
