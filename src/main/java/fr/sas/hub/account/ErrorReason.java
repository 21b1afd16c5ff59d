package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Why a request for a page was refused, shown on the error page when the status alone does not say. */
public final class ErrorReason {

    private static final String KEPT = ErrorReason.class.getName();

    private ErrorReason() {}

    /** @param word the ending of a message {@code people.error.} */
    public static void keep(HttpServletRequest request, String word) {
        request.setAttribute(KEPT, word);
    }

    static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(KEPT));
    }
}
