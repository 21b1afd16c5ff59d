package fr.sas.hub.space;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats days for people: in French the first of a month is « 1er », every other day a plain number. */
final class DayWords {

    private DayWords() {}

    /** @param pattern of {@link DateTimeFormatter}, with the day of the month as {@code d} before the month */
    static String of(LocalDate day, String pattern, Locale locale) {
        String words = day.format(DateTimeFormatter.ofPattern(pattern, locale));
        return day.getDayOfMonth() == 1 && locale.getLanguage().equals(Locale.FRENCH.getLanguage())
                ? words.replaceFirst("\\b1\\b", "1er")
                : words;
    }
}
