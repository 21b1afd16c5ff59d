package fr.sas.hub.access;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * An error message in both languages side by side, so that each is always written with the other (docs/decisions/0026,
 * 0039).
 *
 * @param english for developers: with field names and codes as they are on the wire
 * @param french for people: a complete sentence in the guides' terms, without either
 * @param plainEnglish the same sentence for people who read English; null if {@code english} has neither itself
 */
public record Wording(
        String english, String french, @Nullable String plainEnglish) {

    public Wording(String english, String french) {
        this(english, french, null);
    }

    /** The languages that a request may choose from by Accept-Language. */
    static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    /** English when asked for, otherwise French, with no-break spaces. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : FrenchSpacing.noBreak(french);
    }

    /** In the language of the request served by this thread. */
    public static String here(String english, String french) {
        return new Wording(english, french).in(LocaleContextHolder.getLocale());
    }
}
