package fr.sas.hub.space;

import fr.sas.hub.agenda.hours.TwoHours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of the first page of a practitioner or a health centre (guides 001 p. 8, 002 2, 003 2.4).
 *
 * @param address below which their pages are
 * @param marks of the box « Paramètres de participation au SAS »
 * @param changed when the settings were last changed; null if they never were
 * @param centres names of the health centres that participate on behalf of this salaried doctor
 * @param hours of this week and the next; empty if there is no agenda
 * @param saysNoSoftware whether the settings say that no booking software is used, so that what vendors bring is a surprise
 */
record Dashboard(
        String address,
        String name,
        boolean centre,
        List<Mark> marks,
        @Nullable LocalDate changed,
        List<String> centres,
        List<Hours> hours,
        List<Place> places,
        List<Vendor> vendors,
        boolean saysNoSoftware) {

    static final String VENDOR_SLOTS = "vendor-slots";

    Dashboard {
        marks = List.copyOf(marks);
        centres = List.copyOf(centres);
        hours = List.copyOf(hours);
        places = List.copyOf(places);
        vendors = List.copyOf(vendors);
    }

    /** Whether a practitioner has said nothing against slots of booking software. */
    public boolean showsVendorSlots() {
        return marks.stream().anyMatch(mark -> mark.message().equals(VENDOR_SLOTS) && mark.ticked());
    }

    /** @param message key of its text, which depends on whether it is ticked */
    record Mark(String message, boolean ticked) {}

    /** The hours of this week; null if there is no agenda. */
    public @Nullable Hours hoursOfThisWeek() {
        return hours.isEmpty() ? null : hours.getFirst();
    }

    /**
     * @param week key of its text: {@code this}, {@code next} or {@code other}
     * @param monday its first day
     * @param share percentage of the hours owed that is visible, from 0 to 100
     */
    record Hours(String week, LocalDate monday, String visible, String owed, int share, boolean reached) {

        /** @param today in the local time of the first place */
        static Hours of(TwoHours hours, LocalDate monday, LocalDate today) {
            LocalDate now = IsoWeek.of(today).monday();
            Duration owed = hours.owed();
            long share = owed.isZero() ? 100 : Math.min(100, hours.visible().toMinutes() * 100 / owed.toMinutes());
            return new Hours(
                    monday.equals(now) ? "this" : monday.equals(now.plusWeeks(1)) ? "next" : "other",
                    monday,
                    spoken(hours.visible()),
                    spoken(owed),
                    (int) share,
                    hours.isReached());
        }

        /** Such as « 14 décembre ». */
        public String monday(Locale locale) {
            return DayWords.of(monday, "d MMMM", locale);
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
     * @param zone null for that of the mainland
     * @param days the next three in its local time
     * @param awayNow the absence in force at this moment; null if there is none
     * @param away absences, now or later
     * @param information for the regulators; null for none
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

        /** Slots entered for the three days that regulators see, at least in part. */
        public int typed() {
            return (int) times().filter(time -> time.state().isSeen()).count();
        }

        /** Those of them that regulators see only in part. */
        public int partly() {
            return (int)
                    times().filter(time -> time.state() == TimeState.PARTLY).count();
        }

        /** Slots entered for the three days that regulators do not see. */
        public int unseen() {
            return (int) times().filter(time -> !time.state().isSeen()).count();
        }

        private Stream<Time> times() {
            return days.stream().flatMap(day -> day.times().stream());
        }

        /** Slots of booking software on the three days. */
        public int brought() {
            return days.stream().mapToInt(Day::brought).sum();
        }
    }

    /**
     * @param times that were entered by hand
     * @param brought how many slots of booking software a search finds
     * @param away whether nobody is there for the rest of the day
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

    /** Whether regulators see it; if not, why. */
    enum TimeState {
        SHOWN,
        PARTLY,
        AWAY,
        FULL;

        boolean isSeen() {
            return this == SHOWN || this == PARTLY;
        }
    }

    /**
     * @param text such as « 08h00 - 09h00 »: what regulators see of it, or all of it if they see nothing
     * @param typed all of it, as it was entered
     */
    record Time(String text, String typed, TimeState state) {}

    /** @param from null if it has already begun @param to the last day; null for until further notice */
    record Away(@Nullable LocalDate from, @Nullable LocalDate to) {

        static Away of(Instant from, @Nullable Instant until, Instant now, ZoneId zone) {
            return new Away(
                    from.isAfter(now) || until != null ? LocalDate.ofInstant(from, zone) : null,
                    until == null ? null : LocalDate.ofInstant(until.minusNanos(1), zone));
        }
    }

    /** What is known of a vendor, each with its own sentence. */
    enum VendorState {
        HEARD("heard"),
        /** Shown, but not confirmed recently. */
        LATE("late"),
        /** It answered completely once; what is shown is from an incomplete answer since. */
        PART_SINCE("late"),
        /** It has never answered completely; what is shown is from an incomplete answer. */
        PART("late"),
        /** It answered completely once, and nothing from it is shown. */
        SILENT("silent"),
        /** It has never answered completely, and the last request failed. */
        FAILED("silent"),
        NEVER("silent");

        private final String tone;

        VendorState(String tone) {
            this.tone = tone;
        }

        /** The style sheet's name for how good that is. */
        public String tone() {
            return tone;
        }
    }

    /**
     * A vendor that is polled for them, or delivers.
     *
     * @param slots how many of its slots a search finds
     * @param age how long ago it confirmed them, or the last request failed if it never did; null if neither is known
     */
    record Vendor(String name, int slots, @Nullable String age, VendorState state) {}
}
