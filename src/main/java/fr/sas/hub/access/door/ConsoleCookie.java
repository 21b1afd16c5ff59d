package fr.sas.hub.access.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * A browser's authentication to the console: the token is held in a cookie that scripts cannot read and that is sent to
 * {@code /ops} only, never from another site's page (RFC 6265bis, SameSite=Strict). A write must also come from a page
 * of the same origin, so that no other page can write in the user's name (docs/decisions/0029).
 */
public final class ConsoleCookie {

    private static final String NAME = "hub-ops";
    private static final String CONSOLE = "/ops";

    private ConsoleCookie() {}

    static boolean isOfConsole(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
    }

    /** Empty for a write that does not prove to be from the same origin. */
    static Optional<String> tokenOf(HttpServletRequest request) {
        return isReadOrFromHere(request)
                ? Optional.ofNullable(WebUtils.getCookie(request, NAME)).map(cookie -> cookie.getValue())
                : Optional.empty();
    }

    static boolean isReadOrFromHere(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD") || isFromHere(request);
    }

    /**
     * Compares with the address the browser used, including one reported by a trusted load balancer (X-Forwarded-Host,
     * -Proto and -Port).
     */
    private static boolean isFromHere(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        try {
            UriComponents from = UriComponentsBuilder.fromUriString(origin).build();
            int port = from.getPort() == -1 ? "https".equals(from.getScheme()) ? 443 : 80 : from.getPort();
            return request.getServerName().equalsIgnoreCase(from.getHost()) && request.getServerPort() == port;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void sendToLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", CONSOLE + "/login");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(CONSOLE + "/login");
        }
    }

    /** A session cookie; over TLS it is never sent in the clear. */
    public static ResponseCookie holding(String token, boolean secure) {
        return cookie(token, secure).build();
    }

    public static ResponseCookie forgotten(boolean secure) {
        return cookie("", secure).maxAge(0).build();
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(String token, boolean secure) {
        return ResponseCookie.from(NAME, token)
                .path(CONSOLE)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict");
    }
}
