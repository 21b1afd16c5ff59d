package fr.sas.hub.slot;

/**
 * Text that the database, JSON and XML can all hold: no unpaired surrogates, and no control characters other than tab
 * and line ends (FHIR R4, string; XML 1.0 §2.2). Any other character costs only the value it appears in.
 */
public final class StorableText {

    /** Replaces a character that cannot be stored. */
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    public static boolean isStorable(CharSequence text) {
        return firstUnstorable(text) < 0;
    }

    /** Index of the first character that cannot be stored; -1 when all can. */
    public static int firstUnstorable(CharSequence text) {
        return firstUnstorable(text, 0);
    }

    private static int firstUnstorable(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (!isStorable(c)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a character is storable on its own; a surrogate is not. */
    public static boolean isStorable(char c) {
        return c >= ' ' ? !Character.isSurrogate(c) && c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
    }

    /** The text with each character that cannot be stored replaced by U+FFFD; the same object when all can be. */
    public static String repaired(String text) {
        int first = firstUnstorable(text);
        if (first < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        for (int i = first; i >= 0; i = firstUnstorable(repaired, i + 1)) {
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired.toString();
    }
}
