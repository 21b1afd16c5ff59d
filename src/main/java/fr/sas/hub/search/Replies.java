package fr.sas.hub.search;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Sends finished resources in the caller's format. */
@Component
class Replies {

    private final FhirContext fhir;

    Replies(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** @param json a resource; nothing of it for an empty answer */
    void send(HttpServletResponse response, Wire wire, int status, byte[] json) throws IOException {
        byte[] body = wire.isJson() || json.length == 0 ? json : asXml(json);
        response.setStatus(status);
        response.setContentType(wire.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] asXml(byte[] json) {
        var resource = fhir.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        return fhir.newXmlParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }
}
