package fr.sas.hub.regulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.outbox.Destination;
import fr.sas.hub.slot.Source;
import java.util.List;
import java.util.Map;

/** The content of one letter to a vendor: the account at a version. */
record AccountLetter(Regulator regulator, long version) {

    static final String CHANNEL = "tell-a-vendor-of-a-regulator";

    private static final String PREFIX = "accounts-";
    private static final ObjectMapper JSON = BoundedJson.storedMapper().build();

    static Destination destination(Source vendor) {
        return new Destination(PREFIX + vendor.name(), CHANNEL);
    }

    static Source vendor(Destination destination) {
        return new Source(destination.name().substring(PREFIX.length()));
    }

    static AccountLetter read(String body) {
        try {
            return JSON.readValue(body, AccountLetter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the letter of an account", e);
        }
    }

    String write() {
        return new String(json(this), java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * The resource of INT_R02: one identifier, one family name, one given name, one e-mail address, and the platform as
     * its source.
     */
    byte[] practitioner() {
        Regulator.Identifier identifier = regulator.identifier();
        return json(Map.of(
                "resourceType", "Practitioner",
                "meta", Map.of("profile", List.of(FhirVocabulary.REGULATOR), "source", FhirVocabulary.PLATFORM_IDS),
                "identifier",
                        List.of(Map.of(
                                "type",
                                        Map.of(
                                                "coding",
                                                List.of(Map.of(
                                                        "system",
                                                        FhirVocabulary.IDENTIFIER_TYPES,
                                                        "code",
                                                        identifier.type()))),
                                "system", identifier.system(),
                                "value", identifier.value())),
                "active", regulator.active(),
                "name", List.of(Map.of("family", regulator.family(), "given", List.of(regulator.given()))),
                "telecom", List.of(Map.of("system", "email", "value", regulator.email()))));
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
