package fr.sas.hub.database;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Whether a request may have changed something already, in a transaction before the one that fails. */
public final class RequestCommits {

    private static final String COMMITTED = RequestCommits.class.getName();

    private RequestCommits() {}

    /** Whether a transaction that does not only read was committed, or was to be; not told of single statements without one. */
    public static boolean happenedIn(HttpServletRequest request) {
        return request.getAttribute(COMMITTED) != null;
    }

    /** By the request that this thread serves, if it serves one. */
    static void happens() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(COMMITTED, true, RequestAttributes.SCOPE_REQUEST);
        }
    }
}
