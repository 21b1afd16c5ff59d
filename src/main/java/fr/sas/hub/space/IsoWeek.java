package fr.sas.hub.space;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** A week as addresses name it, such as {@code 2026-W49} (ISO 8601). */
record IsoWeek(LocalDate monday) {

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    static IsoWeek of(LocalDate day) {
        return new IsoWeek(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    static Optional<IsoWeek> parse(String text) {
        try {
            LocalDate monday = LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE);
            return monday.getYear() < FIRST_YEAR || monday.getYear() > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(new IsoWeek(monday));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public IsoWeek plus(int weeks) {
        return new IsoWeek(monday.plusWeeks(weeks));
    }

    LocalDate sunday() {
        return monday.plusDays(6);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
