package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.access.OwnHosts;
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

    /** What stands behind {@code /fhir}, part by part. */
    static String[] path(HttpServletRequest request) {
        String info = Optional.ofNullable(request.getPathInfo()).orElse("");
        String trimmed = UrlText.withoutSlashesAround(info);
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+");
    }

    /** Ends in {@code /fhir}. A host that nobody vouches for is refused: links would lead wherever the caller said. */
    String base(HttpServletRequest request) {
        String configured = hosts.baseUrl();
        if (configured != null) {
            return configured;
        }
        if (!hosts.know(request)) {
            throw new FhirRefusal(
                    421,
                    "not-supported",
                    "The hub is not known as " + request.getServerName()
                            + "; its operator sets hub.search.base-url or hub.search.hosts");
        }
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length())
                + request.getContextPath()
                + request.getServletPath();
    }

    /** Of a search, as it came; a POST as the GET that asks the same, so that the link can be followed. */
    String self(HttpServletRequest request, String type, QueryString parameters) {
        if (request.getMethod().equals("POST")) {
            return base(request) + "/" + type + "?" + parameters.written();
        }
        String query = request.getQueryString();
        return base(request) + request.getPathInfo() + (query == null ? "" : "?" + query);
    }

    /** Of the same search from its first page on, written as a GET. */
    String firstPage(HttpServletRequest request, String type, QueryString parameters) {
        return base(request) + "/" + type + "?" + parameters.without(SearchQuery.AFTER);
    }
}
