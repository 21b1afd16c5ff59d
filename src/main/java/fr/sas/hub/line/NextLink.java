package fr.sas.hub.line;

import fr.sas.hub.slot.UrlText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address of a page's next page: resolved as in RFC 3986 §5.2 ({@code java.net.URI} follows an older rule), after
 * encoding characters that are not allowed in a URL.
 */
final class NextLink {

    /** The guide's search for 25 practitioners with every character encoded is half as long; processing is linear. */
    private static final int LONGEST = 8_192;

    private NextLink() {}

    /** The link is not a valid address. */
    static final class NoAddress extends Exception {
        NoAddress() {
            super("no address");
        }
    }

    /**
     * The address of the next page; null when the link is empty. On the page's own server it is written like the page's
     * address, with or without the default port, so that the same page always has the same address.
     */
    static @Nullable URI of(String link, URI page) throws NoAddress {
        String text = link.strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > LONGEST) {
            throw new NoAddress();
        }
        try {
            URI next = resolved(new URI(UrlText.encoded(withoutFragment(text))), page);
            return isSameOrigin(page, next)
                    ? made(page.getScheme(), page.getRawAuthority(), next.getRawPath(), next.getRawQuery())
                    : next;
        } catch (URISyntaxException e) {
            throw new NoAddress();
        }
    }

    /**
     * Compares scheme, host and port, explicit or default; http also counts as the same server when it is queried by
     * https.
     */
    static boolean isSameOrigin(URI page, URI next) {
        boolean sameScheme = page.getScheme().equalsIgnoreCase(next.getScheme());
        boolean fromTls = "https".equalsIgnoreCase(page.getScheme())
                && "http".equalsIgnoreCase(next.getScheme())
                && port(page) == 443
                && port(next) == 80;
        return next.getHost() != null
                && page.getHost().equalsIgnoreCase(next.getHost())
                && (sameScheme && port(page) == port(next) || fromTls);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static URI resolved(URI link, URI page) throws URISyntaxException {
        if (link.isOpaque()) {
            throw new URISyntaxException(link.toString(), "opaque");
        }
        String path = Objects.requireNonNullElse(link.getRawPath(), "");
        if (link.getScheme() != null || link.getRawAuthority() != null) {
            return made(
                    Objects.requireNonNullElse(link.getScheme(), page.getScheme()),
                    link.getRawAuthority(),
                    withoutDots(path),
                    link.getRawQuery());
        }
        String base = Objects.requireNonNullElse(page.getRawPath(), "");
        if (path.isEmpty()) {
            String query = link.getRawQuery() == null ? page.getRawQuery() : link.getRawQuery();
            return made(page.getScheme(), page.getRawAuthority(), base, query);
        }
        String merged = path.startsWith("/") ? path : base.substring(0, base.lastIndexOf('/') + 1) + path;
        return made(page.getScheme(), page.getRawAuthority(), withoutDots(merged), link.getRawQuery());
    }

    private static URI made(String scheme, @Nullable String authority, String path, @Nullable String query)
            throws URISyntaxException {
        if (authority == null) {
            throw new URISyntaxException(path, "no server");
        }
        String rooted = path.isEmpty() || path.startsWith("/") ? path : "/" + path;
        return new URI(scheme + "://" + authority + rooted + (query == null ? "" : "?" + query));
    }

    /** RFC 3986 §5.2.4. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        List<String> segments = List.of(path.split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            if (segment.equals("..")) {
                if (kept.size() > 1) {
                    kept.removeLast();
                }
                if (last) {
                    kept.addLast("");
                }
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            } else if (last) {
                kept.addLast("");
            }
        }
        return String.join("/", kept);
    }

    private static String withoutFragment(String text) {
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }
}
