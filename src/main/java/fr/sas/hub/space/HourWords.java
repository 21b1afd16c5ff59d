package fr.sas.hub.space;

import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/** Hours as people write them: « 17h00 », in English "17:00". */
final class HourWords {

    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("HH'h'mm", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private HourWords() {}

    /** In the language of the page that is made. */
    static String of(TemporalAccessor time) {
        return (isEnglish() ? ENGLISH : FRENCH).format(time);
    }

    private static boolean isEnglish() {
        LocaleContext page = LocaleContextHolder.getLocaleContext();
        Locale language = page == null ? null : page.getLocale();
        return language != null && language.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }
}
