package fr.sas.hub.rule;

import fr.sas.hub.slot.UrlText;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of booking pages: {@link SlotRule#BAD_URL}. Accepts what browsers accept: hosts with underscores, for which
 * {@code java.net.URI} returns no host, and with non-ASCII letters, which DNS needs in ASCII (RFC 3492).
 */
public final class BookingPage {

    private static final int LONGEST = 2048;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int LAST_PORT = 65_535;

    private BookingPage() {}

    /** The address in ASCII; null unless the text is exactly one http or https address of a page. */
    public static @Nullable URI of(String text) {
        int from = text.indexOf("://") + 3;
        if (text.length() > LONGEST || !isWeb(text, from) || text.chars().anyMatch(c -> c <= ' ' || isSpace(c))) {
            return null;
        }
        int to = from;
        while (to < text.length() && "/?#\\".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        String server = server(text.substring(from, to));
        if (server == null) {
            return null;
        }
        try {
            URI page = new URI(text.substring(0, from) + server + withoutBackslash(text.substring(to)));
            return page.toString().length() <= LONGEST ? page : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isWeb(String text, int from) {
        return from == 8 && text.regionMatches(true, 0, "https", 0, 5)
                || from == 7 && text.regionMatches(true, 0, "http", 0, 4);
    }

    /** Browsers treat a leading backslash as the start of a path too. */
    private static String withoutBackslash(String rest) {
        return UrlText.encoded(rest.startsWith("\\") ? "/" + rest.substring(1) : rest);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Host and port as written in an address; null when there is no host, or user information precedes it. */
    private static @Nullable String server(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean numbered = authority.startsWith("[");
        String port = colon > authority.lastIndexOf(']') ? authority.substring(colon) : "";
        String host = authority.substring(0, authority.length() - port.length());
        if (!isPort(port)) {
            return null;
        }
        if (numbered) {
            return host + port;
        }
        String ascii = ascii(host);
        return ascii == null ? null : ascii + port;
    }

    private static boolean isPort(String port) {
        return port.isEmpty()
                || port.length() <= 6
                        && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')
                        && (port.length() == 1 || Integer.parseInt(port.substring(1)) <= LAST_PORT);
    }

    private static @Nullable String ascii(String host) {
        String ascii;
        try {
            ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return null;
        }
        String labels = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (ascii.length() > LONGEST_HOST) {
            return null;
        }
        for (String label : labels.split("\\.", -1)) {
            boolean named = !label.isEmpty()
                    && label.length() <= LONGEST_LABEL
                    && label.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
            if (!named) {
                return null;
            }
        }
        return ascii;
    }
}
