package fr.sas.hub.agenda.place;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When nobody is available at a place: from an instant until further notice, and in scheduled periods.
 *
 * @param since null if it is not until further notice
 * @param periods as they were entered, by date
 */
public record Unavailability(@Nullable Instant since, List<Period> periods) {

    static final Unavailability NONE = new Unavailability(null, List.of());

    /** Days in the place's local time, inclusive. */
    public record Period(LocalDate from, LocalDate to) {
        public Period {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("A period must not end before it begins: " + from);
            }
        }
    }

    public Unavailability {
        periods = periods.stream().sorted(Comparator.comparing(Period::from)).toList();
    }

    public boolean saysNothing() {
        return since == null && periods.isEmpty();
    }

    /** The same days in as few periods as possible. */
    private List<Period> merged() {
        List<Period> apart = new ArrayList<>();
        for (Period next : periods) {
            Period last = apart.isEmpty() ? null : apart.getLast();
            if (last == null || next.from().isAfter(last.to().plusDays(1))) {
                apart.add(next);
            } else if (next.to().isAfter(last.to())) {
                apart.set(apart.size() - 1, new Period(last.from(), next.to()));
            }
        }
        return apart;
    }

    /** Without the periods that are over on this day. */
    public Unavailability on(LocalDate today) {
        return new Unavailability(
                since,
                periods.stream().filter(period -> !period.to().isBefore(today)).toList());
    }

    /**
     * As instants: a period lasts from the midnight before its first day to the midnight after its last, local time.
     */
    public List<Absence> absences(ZoneId zone) {
        List<Absence> absences = new ArrayList<>();
        for (Period period : merged()) {
            Instant from = period.from().atStartOfDay(zone).toInstant();
            if (since != null && !from.isBefore(since)) {
                break;
            }
            Instant until = period.to().plusDays(1).atStartOfDay(zone).toInstant();
            if (since != null && !until.isBefore(since)) {
                absences.add(new Absence(from, null));
                return absences;
            }
            absences.add(new Absence(from, until));
        }
        if (since != null) {
            absences.add(new Absence(since, null));
        }
        return absences;
    }
}
