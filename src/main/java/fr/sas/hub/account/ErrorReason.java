package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Why a request of a page is refused, for the page that tells so, where the status alone does not say it. */
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
