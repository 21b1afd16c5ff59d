package fr.sas.hub.space;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A week as written in addresses, such as {@code 2026-W49} (ISO 8601). */
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

    /** A day such as {@code 2026-12-02}; empty if it is not one, or too far in the past or future. */
    static Optional<LocalDate> day(@Nullable String text) {
        try {
            return text == null || text.length() != 10
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(text))
                            .filter(day -> parse(of(day).toString()).isPresent());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public IsoWeek plus(int weeks) {
        return new IsoWeek(monday.plusWeeks(weeks));
    }

    /** The requested day, otherwise today; Monday if neither is in this week. */
    LocalDate dayAmong(@Nullable LocalDate asked, LocalDate today) {
        if (asked != null && of(asked).equals(this)) {
            return asked;
        }
        return of(today).equals(this) ? today : monday;
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
