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
        if (text.length() > LONGEST || !isWeb(text, from) || hasSpace(text)) {
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

    private static boolean hasSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                return true;
            }
        }
        return false;
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
            ascii = isAscii(host) ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return null;
        }
        String labels = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (ascii.length() > LONGEST_HOST) {
            return null;
        }
        for (String label : labels.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL || !isName(label)) {
                return null;
            }
        }
        return ascii;
    }

    private static boolean isAscii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c >= 128 || !Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
