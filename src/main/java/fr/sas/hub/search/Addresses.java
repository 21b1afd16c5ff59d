package fr.sas.hub.search;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The hub's own addresses, as clients see them. */
@Component
class Addresses {

    private final @Nullable String baseUrl;

    Addresses(SearchSettings settings) {
        this.baseUrl = settings.baseUrl();
    }

    /** What stands behind {@code /fhir}, part by part. */
    static String[] path(HttpServletRequest request) {
        String info = Optional.ofNullable(request.getPathInfo()).orElse("");
        String trimmed = info.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+");
    }

    /** Ends in {@code /fhir}. */
    String base(HttpServletRequest request) {
        if (baseUrl != null) {
            return baseUrl;
        }
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length())
                + request.getContextPath()
                + request.getServletPath();
    }

    /** Of a search, with its parameters. */
    String self(HttpServletRequest request, String type) {
        String query = request.getQueryString();
        String base = base(request);
        return (request.getMethod().equals("POST") ? base + "/" + type + "/_search" : base + request.getPathInfo())
                + (query == null ? "" : "?" + query);
    }
}
