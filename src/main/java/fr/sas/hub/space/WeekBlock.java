package fr.sas.hub.space;

import fr.sas.hub.agenda.AgendaWeek;
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
 * @param from the quarter of the day in which it begins, from 0
 * @param to the quarter after the one in which it ends, at most 96
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

    private static final int QUARTERS = 96;

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

    /** Such as « 17h00 - 19h00 »; an absence that fills the day has no hours. */
    public String hours() {
        return HourWords.of(begins) + (ends == null ? "" : " - " + HourWords.of(ends));
    }

    public boolean isWholeDay() {
        return from == 0 && to == QUARTERS;
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
        if (to - from <= 2) {
            classes.append(" small");
        }
        return classes.toString();
    }
}
