package fr.sas.hub.search;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Sends complete resources in the requested format. */
@Component
class SearchReplies {

    private final FhirContext fhir;
    private final AnswersUnderWay underWay;

    SearchReplies(FhirContext fhir, AnswersUnderWay underWay) {
        this.fhir = fhir;
        this.underWay = underWay;
    }

    /** @param json a resource; empty for an empty answer */
    void send(HttpServletRequest request, HttpServletResponse response, Wire wire, int status, byte[] json)
            throws IOException {
        byte[] body = wire.isJson() || json.length == 0 ? json : asXml(json);
        response.setStatus(status);
        response.setContentType(wire.contentType());
        underWay.send(request, response, body, body.length, () -> {});
    }

    byte[] asXml(byte[] json) {
        var resource = fhir.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        return fhir.newXmlParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }
}
