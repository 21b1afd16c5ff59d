package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A form that was sent too late: who had opened it is signed out by now, so nothing of it was kept. What a hand typed is given
 * back, and the way to the form; not to a form of another site, which could have anything said in the name of this one.
 *
 * @param back the page of ours that it was sent from; null when the browser does not tell
 */
record LateForm(@Nullable String back, List<Line> typed) {

    private static final String KEPT = LateForm.class.getName();

    /** What is typed, not chosen, in any form: the rest is two clicks. */
    private static final List<String> TYPED = List.of(
            "message",
            "texte",
            "reason",
            "family",
            "given",
            "town",
            "email",
            "phone",
            "date",
            "debut",
            "fin",
            "patients");

    /** @param field as the form calls it */
    record Line(String field, String text) {}

    static LateForm of(HttpServletRequest request) {
        boolean own = "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
        return new LateForm(own ? back(request) : null, own ? typed(request) : List.of());
    }

    private static List<Line> typed(HttpServletRequest request) {
        return TYPED.stream()
                .flatMap(field -> texts(request, field).map(text -> new Line(field, text)))
                .toList();
    }

    private static Stream<String> texts(HttpServletRequest request, String field) {
        String[] sent = request.getParameterValues(field);
        return sent == null ? Stream.empty() : Stream.of(sent).filter(text -> !text.isBlank());
    }

    private static @Nullable String back(HttpServletRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        try {
            URI from = URI.create(referer == null ? "" : referer);
            String path = from.getRawPath();
            if (path == null || !path.startsWith("/") || path.startsWith("//")) {
                return null;
            }
            return request.getServerName().equals(from.getHost())
                    ? path + (from.getRawQuery() == null ? "" : "?" + from.getRawQuery())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** For the page that is made after the doors were passed. */
    void keepFor(HttpServletRequest request) {
        request.setAttribute(KEPT, this);
    }

    static @Nullable LateForm keptFor(HttpServletRequest request) {
        return request.getAttribute(KEPT) instanceof LateForm form ? form : null;
    }
}
