package fr.sas.hub.search;

import fr.sas.hub.access.OwnHosts;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.slot.UrlText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The hub's own addresses, as clients see them. */
@Component
class Addresses {

    private final OwnHosts hosts;

    Addresses(OwnHosts hosts) {
        this.hosts = hosts;
    }

    /** The segments of the path below {@code /fhir}. */
    static String[] path(HttpServletRequest request) {
        String info = Optional.ofNullable(request.getPathInfo()).orElse("");
        String trimmed = UrlText.withoutSlashesAround(info);
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+");
    }

    /** Ends in {@code /fhir}. Rejects an unconfigured host: otherwise links would lead wherever the caller chose. */
    String base(HttpServletRequest request) {
        String configured = hosts.baseUrl();
        if (configured != null) {
            return configured;
        }
        if (!hosts.isOwn(request)) {
            throw new FhirRefusal(
                    421,
                    "not-supported",
                    "The hub is not known as " + request.getServerName()
                            + "; its operator must set hub.search.base-url or hub.search.hosts");
        }
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length())
                + request.getContextPath()
                + request.getServletPath();
    }

    /** The URL of a search as received; for a POST, that of the equivalent GET, so that the link can be followed. */
    String self(String base, HttpServletRequest request, String type, QueryString parameters) {
        if (request.getMethod().equals("POST")) {
            return base + "/" + type + "?" + parameters.written();
        }
        String query = request.getQueryString();
        return base + request.getPathInfo() + (query == null ? "" : "?" + query);
    }

    /** The URL of the first page of the same search, as a GET. */
    String firstPage(String base, String type, QueryString parameters) {
        return base + "/" + type + "?" + parameters.without(SearchQuery.AFTER);
    }
}
