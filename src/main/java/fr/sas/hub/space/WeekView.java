package fr.sas.hub.space;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A week as shown on its page.
 *
 * @param days from Monday to Sunday
 * @param places to choose from
 * @param chosen the only place shown; null for all
 * @param whole whether a narrow screen shows all days, one below the other
 * @param vendors how many vendors' slots may be among them
 * @param silent names of vendors whose slots are not shown because they have not answered for too long
 * @param knownUntil the last day for which vendors' slots are known, if days that follow it are shown; otherwise null
 */
record WeekView(
        IsoWeek week,
        List<Day> days,
        List<Place> places,
        @Nullable Place chosen,
        boolean whole,
        int vendors,
        List<String> silent,
        @Nullable LocalDate knownUntil) {

    /** Where nothing is available. */
    private static final int MORNING = 7;

    /** From then on the rest of the day fits into the week. */
    private static final int NOON = 12;

    WeekView {
        days = List.copyOf(days);
        places = List.copyOf(places);
        silent = List.copyOf(silent);
    }

    /** @param zone null for that of the mainland */
    record Place(String id, String label, @Nullable String zone) {}

    /**
     * @param shown whether a narrow screen shows it
     * @param now the present five-minute step in the place's local time, if this is today; otherwise null
     */
    record Day(
            LocalDate date,
            boolean today,
            boolean past,
            boolean shown,
            @Nullable Integer now,
            List<WeekBlock> blocks) {

        Day {
            blocks = List.copyOf(blocks);
        }

        /** Such as « Lun 19 ». */
        public String shortName(Locale locale) {
            return weekday(locale) + " " + date.getDayOfMonth();
        }

        /** Such as « Lun ». */
        public String weekday(Locale locale) {
            return capital(
                    date.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale).replace(".", ""), locale);
        }

        /** Such as « Lundi 19 décembre ». */
        public String longName(Locale locale) {
            return longName(date, locale);
        }

        public String longNameBefore(Locale locale) {
            return longName(before(), locale);
        }

        public String longNameAfter(Locale locale) {
            return longName(after(), locale);
        }

        public LocalDate before() {
            return date.minusDays(1);
        }

        public LocalDate after() {
            return date.plusDays(1);
        }

        private static String longName(LocalDate day, Locale locale) {
            return capital(DayWords.of(day, "EEEE d MMMM", locale), locale);
        }
    }

    /** The hour at which it begins where nothing scrolls to it, until noon: before that nothing is available on any day. */
    public int opensAt() {
        return days.stream()
                .flatMap(day -> day.blocks().stream())
                .filter(block -> block.kind() != WeekBlock.Kind.AWAY)
                .map(block -> Math.min(NOON, block.from() * 24 / WeekBlock.STEPS))
                .min(Comparator.naturalOrder())
                .orElse(MORNING);
    }

    /** Such as « 2 décembre ». */
    public String knownUntil(Locale locale) {
        return knownUntil == null ? "" : DayWords.of(knownUntil, "EEEE d MMMM", locale);
    }

    /** By which blocks tell of their place: its number in the list of places; empty for a former one. */
    public String mark(String label) {
        int at = places.stream().map(Place::label).toList().indexOf(label);
        return at < 0 ? "" : String.valueOf(at + 1);
    }

    /** Whether any of it comes from booking software. */
    public boolean hasVendorSlots() {
        return days.stream()
                .flatMap(day -> day.blocks().stream())
                .anyMatch(block -> block.kind() == WeekBlock.Kind.VENDOR);
    }

    /** What a narrow screen shows, as written in addresses. */
    public String jour() {
        return whole ? AgendaPage.WHOLE_WEEK : behind().toString();
    }

    /** Fragment of the address that leads to today; empty in other weeks. */
    public String anchor() {
        return days.stream()
                .filter(Day::today)
                .map(day -> "#d" + day.date())
                .findFirst()
                .orElse("");
    }

    /** The day to return to. */
    public LocalDate behind() {
        return days.stream().filter(Day::shown).findFirst().orElseThrow().date();
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
