package fr.sas.hub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser would fall over is a complaint that names the place. */
class FhirSyntaxTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            extension[0];                        {"resourceType":"Location","extension":[null]}
            extension[1];                        {"resourceType":"Location","extension":[{"url":"http://x","valueCode":"x"},5]}
            modifierExtension[0];                {"resourceType":"Location","modifierExtension":["x"]}
            _status.extension[0];                {"resourceType":"Location","status":"active","_status":{"extension":[[{"url":"http://x"}]]}}
            telecom[1]._value.extension[0];      {"resourceType":"Location","telecom":[{"value":"1"},{"_value":{"extension":[null]}}]}
            extension[0].extension[0];           {"resourceType":"Location","extension":[{"url":"http://x","extension":[null]}]}
            contained[0].extension[0];           {"resourceType":"PractitionerRole","contained":[{"resourceType":"Location","id":"l","extension":[null]}]}
            """)
    void what_is_no_extension_is_named(String place, String json) throws JsonProcessingException {
        ObjectNode resource = (ObjectNode) JsonMapper.builder().build().readTree(json);

        assertThat(new FhirSyntax(FhirContext.forR4Cached()).complaintAbout(resource))
                .startsWith(place + ": ");
    }
}
