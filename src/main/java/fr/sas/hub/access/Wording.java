package fr.sas.hub.access;

import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;

/** A sentence for a person, in both languages side by side: whoever writes one writes the other (docs/decisions/0026). */
public record Wording(String english, String french) {

    /** What a request may choose between by Accept-Language; the first is said to everybody else. */
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** French to who asks for French, English to everybody else. */
    public String in(Locale locale) {
        return locale.getLanguage().equals(Locale.FRENCH.getLanguage()) ? french : english;
    }

    /** For the request that this thread answers. */
    public static String here(String english, String french) {
        return new Wording(english, french).in(LocaleContextHolder.getLocale());
    }

    /** This sentence, then {@code more} in both languages. */
    public Wording then(Wording more) {
        return new Wording(english + more.english, french + more.french);
    }
}
