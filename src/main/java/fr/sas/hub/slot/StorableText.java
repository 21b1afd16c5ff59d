package fr.sas.hub.slot;

/**
 * Texts that the database, JSON and XML can all hold: no half of a surrogate pair, and no control character but tab and
 * the ends of lines (FHIR R4, string; XML 1.0 §2.2). One other character costs what it stands in, and nothing more.
 */
public final class StorableText {

    /** Stands where a character could not be kept. */
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    public static boolean isStorable(CharSequence text) {
        return firstUnstorable(text) < 0;
    }

    /** Where the first character is that cannot be kept; -1 when all can. */
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

    /** Whether a character is a text by itself; no half of a pair is. */
    public static boolean isStorable(char c) {
        return c >= ' ' ? !Character.isSurrogate(c) && c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
    }

    /** The same with U+FFFD for each character that cannot be kept; the same object when all can. */
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
