package fr.sas.hub.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.fhir.FhirMediaTypes;
import fr.sas.hub.fhir.OutcomeIssue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Writes 401, 403 and similar responses in the format of the path: OperationOutcome below /fhir, problem+json (RFC
 * 9457) elsewhere.
 */
@Component
public class Refusals {

    private final ObjectMapper json;
    private final LocaleResolver languages;

    Refusals(ObjectMapper json, @Qualifier(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME) LocaleResolver languages) {
        this.json = json;
        this.languages = languages;
    }

    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String fhirCode,
            Wording message)
            throws IOException {
        write(request.getRequestURI(), request, response, status, fhirCode, message);
    }

    /** As {@link #write}, for machines; a browser gets the server's error page. */
    public void writeOrShow(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String fhirCode,
            Wording message)
            throws IOException {
        if (MediaTypes.acceptsByName(request, MediaType.TEXT_HTML)
                && !ServerErrors.isForPrograms(request.getRequestURI())) {
            response.sendError(status.value());
        } else {
            write(request, response, status, fhirCode, message);
        }
    }

    /** @param address the address originally requested, in case the request's own has changed */
    void write(
            String address,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String fhirCode,
            Wording message)
            throws IOException {
        response.setStatus(status.value());
        boolean fhir = address.startsWith("/fhir");
        response.setContentType(
                fhir ? FhirMediaTypes.inUtf8(FhirMediaTypes.JSON) : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(
                response.getOutputStream(),
                fhir
                        ? OutcomeIssue.outcome(List.of(OutcomeIssue.error(fhirCode, message.english())))
                        : problem(status, message, address, request));
    }

    private Map<String, Object> problem(
            HttpStatus status, Wording message, String address, HttpServletRequest request) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", StatusTitles.of(status).in(languages.resolveLocale(request)));
        problem.put("status", status.value());
        problem.put("detail", message.in(languages.resolveLocale(request)));
        problem.put("instance", address);
        return problem;
    }
}
