package fr.sas.hub.slot;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** URLs and references as received from others. */
public final class UrlText {

    /**
     * Maximum length, in characters, of an address or reference that is read; resolving and comparing them takes time
     * quadratic in their length.
     */
    public static final int LONGEST = 2_048;

    private static final String AS_THEY_ARE =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%[]";
    private static final boolean[] PLAIN = new boolean[128];

    static {
        AS_THEY_ARE.chars().filter(c -> "%[]".indexOf(c) < 0).forEach(c -> PLAIN[c] = true);
    }

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UrlText() {}

    public static boolean isTooLong(String text) {
        return text.length() > LONGEST;
    }

    /** {@code /a/b//} becomes {@code a/b}, in one pass however many slashes there are. */
    public static String withoutSlashesAround(String text) {
        int from = 0;
        while (from < text.length() && text.charAt(from) == '/') {
            from++;
        }
        return withoutSlashesAtEnd(text.substring(from));
    }

    /** {@code https://a/b//} becomes {@code https://a/b}, in one pass however many slashes there are. */
    public static String withoutSlashesAtEnd(String text) {
        int to = text.length();
        while (to > 0 && text.charAt(to - 1) == '/') {
            to--;
        }
        return text.substring(0, to);
    }

    /**
     * Percent-encodes characters not allowed in a URL (RFC 3986 §2), as browsers do; existing escapes are kept. Square
     * brackets are kept only in the host.
     */
    public static String encoded(String text) {
        return isPlain(text) ? text : encodedWhereNeeded(text);
    }

    /** Fast, since nearly all addresses are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static String encodedWhereNeeded(String text) {
        int afterHost = afterHost(text);
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean asItIs = AS_THEY_ARE.indexOf(c) >= 0
                    && (c != '%' || isEscape(text, i))
                    && (c != '[' && c != ']' || i < afterHost);
            if (asItIs) {
                encoded.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }

    /** Index at which the path, query or fragment begins; 0 when there is no host. */
    private static int afterHost(String text) {
        int slashes = text.indexOf("//");
        int query = text.indexOf('?');
        if (slashes < 0 || query >= 0 && query < slashes) {
            return 0;
        }
        int at = slashes + 2;
        while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }
}
