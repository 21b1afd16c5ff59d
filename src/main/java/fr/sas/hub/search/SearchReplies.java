package fr.sas.hub.search;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.access.interaction.FhirFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Sends complete resources in the requested format. */
@Component
class SearchReplies {

    private static final Logger log = LoggerFactory.getLogger(SearchReplies.class);

    private final FhirContext fhir;
    private final AnswersUnderWay underWay;

    SearchReplies(FhirContext fhir, AnswersUnderWay underWay) {
        this.fhir = fhir;
        this.underWay = underWay;
    }

    /** @param json a resource; empty for an empty answer */
    void send(HttpServletRequest request, HttpServletResponse response, WireFormat wire, int status, byte[] json)
            throws IOException {
        byte[] body = wire.isJson() || json.length == 0 ? json : asXml(json);
        response.setStatus(status);
        response.setContentType(wire.contentType());
        underWay.send(request, response, body, body.length, () -> {});
    }

    /** Writes on the current thread, whatever the size: for requests that are asynchronous already. */
    void sendHere(HttpServletResponse response, WireFormat wire, int status, byte[] json) throws IOException {
        byte[] body = wire.isJson() || json.length == 0 ? json : asXml(json);
        response.setStatus(status);
        response.setContentType(wire.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Sends the file while it is read; a client that takes it too slowly is cut off, as is a file that cannot be completed. */
    void send(HttpServletRequest request, HttpServletResponse response, FhirFile file) throws IOException {
        boolean gzip = WireFormat.accepts(request, "gzip");
        long length = file.length(gzip);
        response.setContentType(file.contentType());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (gzip) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (length >= 0) {
            response.setContentLengthLong(length);
        }
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            file.writeTo(response.getOutputStream(), gzip);
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                response.reset();
                throw e;
            }
            log.info("{} was cut off: {}", request.getRequestURI(), e.toString());
            Runnable closing = ClosingConnections.of(request);
            if (closing != null) {
                closing.run();
            }
        }
    }

    byte[] asXml(byte[] json) {
        var resource = fhir.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        return fhir.newXmlParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }
}
