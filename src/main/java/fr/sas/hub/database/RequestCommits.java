package fr.sas.hub.database;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Whether a request may already have changed something, in a transaction before the one that fails. */
public final class RequestCommits {

    private static final String COMMITTED = RequestCommits.class.getName();

    private RequestCommits() {}

    /**
     * Whether a transaction that is not read-only was committed, or was about to be; single statements without a transaction
     * are not recorded.
     */
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
