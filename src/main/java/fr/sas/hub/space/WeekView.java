package fr.sas.hub.space;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A week as its page shows it.
 *
 * @param days from Monday to Sunday
 * @param places to choose from
 * @param chosen the place that is shown; null: all
 * @param silent names of vendors whose slots are not shown because they were not heard for too long
 */
record WeekView(
        IsoWeek week,
        List<Day> days,
        List<Place> places,
        @Nullable Place chosen,
        List<String> silent) {

    WeekView {
        days = List.copyOf(days);
        places = List.copyOf(places);
        silent = List.copyOf(silent);
    }

    /** @param zone named where it is not that of the mainland */
    record Place(String id, String label, @Nullable String zone) {}

    /** @param now the quarter that passes, of today on the clock of the place; null on other days */
    record Day(
            LocalDate date,
            boolean today,
            boolean past,
            @Nullable Integer now,
            List<WeekBlock> blocks) {

        Day {
            blocks = List.copyOf(blocks);
        }

        /** Such as « Lun 19 ». */
        public String shortName(Locale locale) {
            String day =
                    date.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale).replace(".", "");
            return capital(day, locale) + " " + date.getDayOfMonth();
        }

        /** Such as « Lundi 19 décembre ». */
        public String longName(Locale locale) {
            return capital(DayWords.of(date, "EEEE d MMMM", locale), locale);
        }
    }

    /** Such as « 19 décembre 2022 - 25 décembre 2022 ». */
    public String title(Locale locale) {
        return DayWords.of(week.monday(), "d MMMM yyyy", locale) + " - "
                + DayWords.of(week.sunday(), "d MMMM yyyy", locale);
    }

    private static String capital(String text, Locale locale) {
        return text.substring(0, 1).toUpperCase(locale) + text.substring(1);
    }
}
