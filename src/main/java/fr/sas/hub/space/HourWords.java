package fr.sas.hub.space;

import fr.sas.hub.agenda.VisiblePart;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/** Formats times for people: « 17h00 », in English "17:00". */
final class HourWords {

    private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("HH'h'mm", Locale.ROOT);
    private static final DateTimeFormatter ENGLISH = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private HourWords() {}

    /** In the language of the page being rendered. */
    static String of(TemporalAccessor time) {
        return (isEnglish() ? ENGLISH : FRENCH).format(time);
    }

    /** Such as « 17h00 - 19h00 ». */
    static String range(Instant start, Instant end, ZoneId zone) {
        return of(start.atZone(zone)) + " - " + of(end.atZone(zone));
    }

    /** Such as « 08h00 - 09h00, 10h00 - 12h00 ». */
    static String ranges(List<VisiblePart.Span> spans, ZoneId zone) {
        return spans.stream().map(span -> range(span.start(), span.end(), zone)).collect(Collectors.joining(", "));
    }

    /** The same in a row of this day, in which those that begin later say so: « le lendemain 00h00 - 06h00 ». */
    static String ranges(List<VisiblePart.Span> spans, LocalDate day, ZoneId zone) {
        String nextDay = isEnglish() ? "the next day " : "le lendemain ";
        return spans.stream()
                .map(span -> (LocalDate.ofInstant(span.start(), zone).isAfter(day) ? nextDay : "")
                        + range(span.start(), span.end(), zone))
                .collect(Collectors.joining(", "));
    }

    private static boolean isEnglish() {
        LocaleContext page = LocaleContextHolder.getLocaleContext();
        Locale language = page == null ? null : page.getLocale();
        return language != null && language.getLanguage().equals(Locale.ENGLISH.getLanguage());
    }
}
