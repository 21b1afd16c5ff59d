package fr.sas.hub.space;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the first page of a practitioner or a health centre shows (guides 001 p. 8, 002 2, 003 2.4).
 *
 * @param address below which their pages stand
 * @param marks of the box « Paramètres de participation au SAS »
 * @param changed when the settings were changed last; null when they never were
 * @param centres names of the health centres that take part for this salaried doctor
 * @param hours of this week; null when there is no agenda
 */
record Dashboard(
        String address,
        String name,
        boolean centre,
        List<Mark> marks,
        @Nullable LocalDate changed,
        List<String> centres,
        @Nullable Hours hours,
        List<Place> places,
        List<Vendor> vendors) {

    Dashboard {
        marks = List.copyOf(marks);
        centres = List.copyOf(centres);
        places = List.copyOf(places);
        vendors = List.copyOf(vendors);
    }

    /** @param message key of its words, which differ by whether it is ticked */
    record Mark(String message, boolean ticked) {}

    /** @param share of the hours owed that is visible, from 0 to 100 */
    record Hours(String visible, String owed, int share, boolean reached) {

        static Hours of(Duration visible, Duration owed) {
            long share = owed.isZero() ? 100 : Math.min(100, visible.toMinutes() * 100 / owed.toMinutes());
            return new Hours(spoken(visible), spoken(owed), (int) share, visible.compareTo(owed) >= 0);
        }

        /** Such as « 1 h 30 ». */
        private static String spoken(Duration duration) {
            long hours = duration.toHours();
            int minutes = duration.toMinutesPart();
            return hours == 0 && minutes > 0
                    ? minutes + " min"
                    : minutes == 0 ? hours + " h" : String.format(Locale.ROOT, "%d h %02d", hours, minutes);
        }
    }

    /**
     * @param zone named where it is not that of the mainland
     * @param days the next three on its clock
     * @param awayNow when nobody is there, if that is so at this moment
     * @param away when nobody is there, now or later
     * @param information for the regulation; null for none
     */
    record Place(
            String id,
            String label,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String zone,
            List<Day> days,
            @Nullable Away awayNow,
            List<Away> away,
            @Nullable String information) {

        Place {
            days = List.copyOf(days);
            away = List.copyOf(away);
        }

        /** Of the three days. */
        public int typed() {
            return days.stream().mapToInt(day -> day.times().size()).sum();
        }

        /** Of the three days. */
        public int brought() {
            return days.stream().mapToInt(Day::brought).sum();
        }
    }

    /**
     * @param times that somebody typed
     * @param brought how many slots of booking software a search finds
     * @param away whether nobody is there in what is left of the day
     */
    record Day(LocalDate date, List<Time> times, int brought, boolean away) {

        Day {
            times = List.copyOf(times);
        }

        /** Such as « Mar. 16 ». */
        public String name(Locale locale) {
            String day = DateTimeFormatter.ofPattern("EEE d", locale).format(date);
            return day.substring(0, 1).toUpperCase(locale) + day.substring(1);
        }
    }

    /** @param text such as « 08h00 - 09h00 » @param hidden because nobody is there */
    record Time(String text, boolean hidden) {}

    /** @param from null: already @param to the last day; null: until further notice */
    record Away(@Nullable LocalDate from, @Nullable LocalDate to) {

        static Away of(Instant from, @Nullable Instant until, Instant now, ZoneId zone) {
            return new Away(
                    from.isAfter(now) || until != null ? LocalDate.ofInstant(from, zone) : null,
                    until == null ? null : LocalDate.ofInstant(until.minusNanos(1), zone));
        }
    }

    /**
     * A vendor that is asked for them, or delivers.
     *
     * @param slots how many of its slots a search finds
     * @param age how long ago it confirmed them; null: never
     * @param state {@code heard}, {@code late} (shown, not confirmed lately) or {@code silent} (not shown)
     */
    record Vendor(String name, int slots, @Nullable String age, String state) {}
}
