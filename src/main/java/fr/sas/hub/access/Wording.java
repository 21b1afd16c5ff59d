package fr.sas.hub.access;

import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What is wrong, in both languages side by side: whoever writes one writes the other (docs/decisions/0026, 0039).
 *
 * @param english for developers: names of fields and codes as they are sent
 * @param french for people: a whole sentence in the words of the guides, without either
 */
public record Wording(String english, String french) {

    /** What a request may choose between by Accept-Language. */
    static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    /** English to who asks for English, French to everybody else. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : french;
    }

    /** For the request that this thread answers. */
    public static String here(String english, String french) {
        return new Wording(english, french).in(LocaleContextHolder.getLocale());
    }
}
