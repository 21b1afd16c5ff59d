package fr.sas.hub.access;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Invisible characters in typed text that make two different names look alike or reverse the rest of a line: format and
 * control characters, line and paragraph separators, and letters that are drawn as nothing (docs/decisions/0074). Spaces of
 * any width, tabs and line ends are not among them.
 */
public final class HiddenCharacters {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;

    /** Drawn as nothing although letters or signs by category: the Hangul fillers, the grapheme joiner, the braille blank. */
    private static final Set<Integer> BLANK = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    /** Scripts in which a joiner changes the shape of letters (Unicode, 9.2 and 12.1). */
    private static final Set<Character.UnicodeScript> JOINED = Set.of(
            Character.UnicodeScript.ARABIC,
            Character.UnicodeScript.SYRIAC,
            Character.UnicodeScript.MONGOLIAN,
            Character.UnicodeScript.DEVANAGARI,
            Character.UnicodeScript.BENGALI,
            Character.UnicodeScript.GURMUKHI,
            Character.UnicodeScript.GUJARATI,
            Character.UnicodeScript.ORIYA,
            Character.UnicodeScript.TAMIL,
            Character.UnicodeScript.TELUGU,
            Character.UnicodeScript.KANNADA,
            Character.UnicodeScript.MALAYALAM,
            Character.UnicodeScript.SINHALA,
            Character.UnicodeScript.MYANMAR,
            Character.UnicodeScript.KHMER);

    private HiddenCharacters() {}

    /** What is wrong with a text that contains such a character; empty when it contains none. */
    public static Optional<Wording> fault(String text) {
        return first(text)
                .map(name -> new Wording(
                        "has an invisible character (" + name
                                + "), perhaps from copying and pasting: remove it, or type the text again",
                        "Ce texte contient un caractère invisible (" + name
                                + "), souvent venu d'un copier-coller : effacez-le, ou saisissez le texte de nouveau.",
                        "This text has an invisible character (" + name
                                + "), perhaps from copying and pasting: remove it, or type the text again."));
    }

    /** Adds what is wrong with a field's text, which may be null. */
    public static void check(String field, @Nullable String text, Consumer<? super InvalidInput.Fault> faults) {
        if (text != null) {
            fault(text).ifPresent(rule -> faults.accept(new InvalidInput.Fault(field, rule)));
        }
    }

    /** The first such character, for example {@code U+200B}. */
    public static Optional<String> first(String text) {
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (isHidden(characters[i]) && !joins(characters, i)) {
                return Optional.of("U+%04X".formatted(characters[i]));
            }
        }
        return Optional.empty();
    }

    /** The text without them, and without joiners that joined one of them; for a text whose author cannot be asked to correct it. */
    public static String without(String text) {
        String before;
        String seen = text;
        do {
            before = seen;
            seen = withoutThose(before);
        } while (seen.length() < before.length());
        return seen;
    }

    private static String withoutThose(String text) {
        int[] characters = text.codePoints().toArray();
        StringBuilder seen = new StringBuilder(text.length());
        for (int i = 0; i < characters.length; i++) {
            if (!isHidden(characters[i]) || joins(characters, i)) {
                seen.appendCodePoint(characters[i]);
            }
        }
        return seen.toString();
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.CONTROL -> character != '\n' && character != '\r' && character != '\t';
            default -> BLANK.contains(character);
        };
    }

    /** Whether a joiner stands between two letters of a script that needs it, or two emoji that are drawn as one. */
    private static boolean joins(int[] characters, int at) {
        if (characters[at] != JOINER && characters[at] != NON_JOINER || at + 1 == characters.length) {
            return false;
        }
        OptionalInt before = before(characters, at);
        int after = characters[at + 1];
        if (before.isEmpty()) {
            return false;
        }
        boolean emoji = Character.isEmoji(before.getAsInt()) && Character.isEmoji(after);
        return emoji && characters[at] == JOINER
                || JOINED.contains(script(before.getAsInt())) && script(before.getAsInt()) == script(after);
    }

    /** Skips the sign that requests a coloured picture, and skin colours. */
    private static OptionalInt before(int[] characters, int at) {
        for (int i = at - 1; i >= 0; i--) {
            if (characters[i] != EMOJI_STYLE && !Character.isEmojiModifier(characters[i])) {
                return OptionalInt.of(characters[i]);
            }
        }
        return OptionalInt.empty();
    }

    private static Character.UnicodeScript script(int character) {
        return Character.UnicodeScript.of(character);
    }
}
