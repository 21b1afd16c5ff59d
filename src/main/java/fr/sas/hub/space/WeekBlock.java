package fr.sas.hub.space;

import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.slot.ConsultationMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one day of a week shows of something: a slot or range somebody typed, a slot of a vendor, or an absence. Hours are those
 * of the place.
 *
 * @param from the five minutes of the day in which it begins, from 0
 * @param to the five minutes after those in which it ends, at most 288; never less than a line of text after {@code from}
 * @param lane which of {@code lanes} side by side, from 0
 * @param begins hour of the start, which may be on the day before
 * @param ends hour of the end, which may be on the next day; null for an absence without end
 * @param place null when the page shows one place only
 * @param sources names of the vendors who offer it
 * @param entry null for what nobody typed here
 * @param edit null when it cannot be changed
 */
record WeekBlock(
        Kind kind,
        int from,
        int to,
        int lane,
        int lanes,
        LocalTime begins,
        @Nullable LocalTime ends,
        boolean continued,
        boolean continues,
        @Nullable String place,
        List<ConsultationMode> modes,
        List<String> sources,
        boolean verified,
        @Nullable Entry entry,
        @Nullable String edit,
        @Nullable String delete) {

    /** Five minutes of a day. */
    static final int STEPS = 288;

    /** Half an hour has room for a line and a little more. */
    private static final int SMALL = 6;

    /** Columns of a day that the style sheet knows; it knows their divisors. */
    private static final int COLUMNS = 12;

    enum Kind {
        AWAY,
        TYPED,
        VENDOR
    }

    /**
     * @param left places that nobody has taken
     * @param visible what absences leave of it
     */
    record Entry(boolean range, int patients, int left, boolean weekly, AgendaWeek.Left visible, LocalDate date) {}

    WeekBlock {
        modes = List.copyOf(modes);
        sources = List.copyOf(sources);
    }

    WeekBlock in(int ownLane, int ofLanes) {
        return new WeekBlock(
                kind, from, to, ownLane, ofLanes, begins, ends, continued, continues, place, modes, sources, verified,
                entry, edit, delete);
    }

    /** Such as « 17h00 - 19h00 »; an absence that fills the day has no hours. */
    public String hours() {
        return HourWords.of(begins) + (ends == null ? "" : " - " + HourWords.of(ends));
    }

    public boolean isWholeDay() {
        return from == 0 && to == STEPS;
    }

    /** Names of the style sheet. */
    public String classes() {
        StringBuilder classes = new StringBuilder("block f" + from + " t" + to + " ");
        classes.append(kind.name().toLowerCase(Locale.ROOT));
        if (entry != null && entry.visible() == AgendaWeek.Left.NOTHING) {
            classes.append(" unseen");
        }
        if (entry != null && entry.left() <= 0) {
            classes.append(" full");
        }
        if (to - from <= SMALL) {
            classes.append(" small");
        }
        if (lanes > 1) {
            classes.append(" narrow");
        }
        if (kind != Kind.AWAY && lanes <= COLUMNS) {
            int width = COLUMNS / lanes;
            classes.append(" l").append(lane * width).append(" w").append(width);
        }
        return classes.toString();
    }
}
