package fr.sas.hub.agenda.entry;

import fr.sas.hub.access.InvalidInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Days as somebody writes them: of years in which somebody lives, so that a slip of the pen costs nothing to count. */
public final class Days {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private Days() {}

    /** Null when it is none: the fault is told. */
    public static @Nullable LocalDate read(
            String field, @Nullable String text, Consumer<? super InvalidInput.Fault> faults) {
        if (text == null) {
            faults.accept(InvalidInput.Fault.unreadable(
                    field, "is needed: a day such as 2026-06-12", "Indiquez une date, par exemple 2026-06-12."));
            return null;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (DateTimeException e) {
            faults.accept(InvalidInput.Fault.unreadable(
                    field, "is a day such as 2026-06-12", "Indiquez une date qui existe, par exemple 2026-06-12."));
            return null;
        }
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            faults.accept(new InvalidInput.Fault(
                    field,
                    "is a day of the years " + FIRST_YEAR + " to " + LAST_YEAR,
                    "L'année doit être entre " + FIRST_YEAR + " et " + LAST_YEAR + "."));
            return null;
        }
        return day;
    }
}
