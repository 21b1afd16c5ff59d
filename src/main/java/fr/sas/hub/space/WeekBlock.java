package fr.sas.hub.space;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.week.AgendaWeek;
import fr.sas.hub.slot.ConsultationMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one day of a week shows of an entered slot or range, a vendor's slot, or an absence. Times are local to the
 * place.
 *
 * @param from the five-minute step of the day in which it begins, from 0
 * @param to the five-minute step at which it ends, exclusive, at most 288; leaves room for a line of text after {@code
 *     from}
 * @param lane the first of those that it fills of {@code lanes} side by side, from 0
 * @param span how many lanes it fills
 * @param begins time of the start, which may be on the previous day
 * @param ends time of the end, which may be on the next day; null for an absence without end
 * @param place null if the page shows only one place
 * @param sources names of the vendors that offer it
 * @param entry null if it was not entered by hand
 * @param edit null if it cannot be changed
 */
record WeekBlock(
        Kind kind,
        int from,
        int to,
        int lane,
        int span,
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

    /** Five-minute steps of a day. */
    static final int STEPS = 288;

    /** Half an hour has room for a line and a little more. */
    private static final int SMALL = 6;

    /** Columns into which the style sheet can divide a day, with their divisors. */
    static final int COLUMNS = 12;

    enum Kind {
        AWAY,
        TYPED,
        VENDOR
    }

    /**
     * @param anchor with which addresses lead to it on the page
     * @param left places that nobody has taken
     * @param visible how much of it absences leave
     * @param seen the hours that they leave, if they hide a part
     */
    record Entry(
            String anchor,
            boolean range,
            int patients,
            int left,
            boolean weekly,
            AgendaWeek.VisibleShare visible,
            String seen,
            LocalDate date) {}

    /** The anchor with which addresses lead to an occurrence on the page of its week. */
    static String anchor(AgendaEntry.OccurrenceName name) {
        return "e" + name.entry() + "-" + name.date();
    }

    WeekBlock {
        modes = List.copyOf(modes);
        sources = List.copyOf(sources);
    }

    /** The first lane after its own. */
    int laneEnd() {
        return lane + span;
    }

    boolean overlaps(WeekBlock other) {
        return from < other.to && other.from < to;
    }

    WeekBlock in(int ownLane, int ownSpan, int ofLanes) {
        return new WeekBlock(
                kind, from, to, ownLane, ownSpan, ofLanes, begins, ends, continued, continues, place, modes, sources,
                verified, entry, edit, delete);
    }

    /** Such as « 17h00 - 19h00 »; an absence that fills the day has no hours. */
    public String hours() {
        return HourWords.of(begins) + (ends == null ? "" : " - " + HourWords.of(ends));
    }

    public boolean isWholeDay() {
        return from == 0 && to == STEPS;
    }

    /** Its classes in the style sheet. */
    public String classes() {
        StringBuilder classes = new StringBuilder("block f" + from + " t" + to + " ");
        classes.append(kind.name().toLowerCase(Locale.ROOT));
        if (entry != null && entry.visible() == AgendaWeek.VisibleShare.NOTHING) {
            classes.append(" unseen");
        }
        if (entry != null && entry.left() <= 0) {
            classes.append(" full");
        }
        if (to - from <= SMALL) {
            classes.append(" small");
        }
        if (span < lanes) {
            classes.append(" narrow");
        }
        if (kind != Kind.AWAY && lanes <= COLUMNS) {
            int width = COLUMNS / lanes;
            classes.append(" l").append(lane * width).append(" w").append(span == lanes ? COLUMNS : span * width);
        }
        return classes.toString();
    }
}
