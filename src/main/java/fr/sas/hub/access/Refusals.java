package fr.sas.hub.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

/** Says 401, 403 and the like in the language of the path: OperationOutcome below /fhir, problem+json (RFC 9457) elsewhere. */
@Component
class Refusals {

    private final ObjectMapper json;
    private final LocaleResolver languages;

    Refusals(ObjectMapper json, @Qualifier(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME) LocaleResolver languages) {
        this.json = json;
        this.languages = languages;
    }

    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String fhirCode,
            Wording message)
            throws IOException {
        response.setStatus(status.value());
        boolean fhir = request.getRequestURI().startsWith("/fhir");
        response.setContentType(fhir ? "application/fhir+json;charset=UTF-8" : "application/problem+json");
        json.writeValue(
                response.getOutputStream(),
                fhir ? outcome(fhirCode, message.english()) : problem(status, message, request));
    }

    private static Map<String, Object> outcome(String code, String message) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("resourceType", "OperationOutcome");
        outcome.put("issue", List.of(Map.of("severity", "error", "code", code, "diagnostics", message)));
        return outcome;
    }

    private Map<String, Object> problem(HttpStatus status, Wording message, HttpServletRequest request) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", StatusTitles.of(status).in(languages.resolveLocale(request)));
        problem.put("status", status.value());
        problem.put("detail", message.in(languages.resolveLocale(request)));
        problem.put("instance", request.getRequestURI());
        return problem;
    }
}
