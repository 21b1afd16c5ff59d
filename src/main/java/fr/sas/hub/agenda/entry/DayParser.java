package fr.sas.hub.agenda.entry;

import fr.sas.hub.access.InvalidInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads days, limited to a plausible range of years, so that a typing error does not cause a huge computation. */
public final class DayParser {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private DayParser() {}

    /** Null if it is not a day; the fault is then reported. */
    public static @Nullable LocalDate read(
            String field, @Nullable String text, Consumer<? super InvalidInput.Fault> faults) {
        if (text == null) {
            faults.accept(InvalidInput.Fault.unreadable(
                    field, "is required: a day such as 2026-06-12", "Indiquez une date, par exemple 2026-06-12."));
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (DateTimeException e) {
            faults.accept(InvalidInput.Fault.unreadable(
                    field,
                    "must be a day such as 2026-06-12",
                    "Indiquez une date qui existe, par exemple 2026-06-12."));
            return null;
        }
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            faults.accept(new InvalidInput.Fault(
                    field,
                    "must be a day in the years " + FIRST_YEAR + " to " + LAST_YEAR,
                    "L'année doit être entre " + FIRST_YEAR + " et " + LAST_YEAR + ".",
                    "The year must be between " + FIRST_YEAR + " and " + LAST_YEAR + "."));
            return null;
        }
        return day;
    }
}
