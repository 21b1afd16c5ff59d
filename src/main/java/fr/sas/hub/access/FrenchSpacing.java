package fr.sas.hub.access;

import java.util.regex.Pattern;

/**
 * No-break spaces where French writes a space beside a sign, so that no line begins with one: texts are written with
 * ordinary spaces, and shown with these.
 */
public final class FrenchSpacing {

    /** Before a sign that ends a word; not in a Markdown table or an image, where another character follows at once. */
    private static final Pattern COLON = Pattern.compile(" (?=[:»](?:[\\s\\h)»\"’',.<|}]|$))", Pattern.MULTILINE);

    private static final Pattern HIGH_SIGN = Pattern.compile(" (?=[;?!]+(?:[\\s\\h)»\"’',.<|}]|$))", Pattern.MULTILINE);

    private FrenchSpacing() {}

    /** The same text with U+00A0 inside quotation marks and before a colon, U+202F before the other high signs. */
    public static String noBreak(String text) {
        String quoted = text.replace("« ", "«\u00a0");
        String colons = COLON.matcher(quoted).replaceAll("\u00a0");
        return HIGH_SIGN.matcher(colons).replaceAll("\u202f");
    }
}
