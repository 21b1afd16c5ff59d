package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Days as somebody writes them: of years in which somebody lives, so that a slip of the pen costs nothing to count. */
final class Days {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private Days() {}

    /** Null when it is none: the fault is told. */
    static @Nullable LocalDate read(String field, @Nullable String text, Consumer<? super InvalidInput.Fault> faults) {
        LocalDate day;
        try {
            day = text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            day = null;
        }
        if (day == null) {
            faults.accept(new InvalidInput.Fault(
                    field, "is a day such as 2026-06-12", "est un jour, par exemple 2026-06-12"));
        } else if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            faults.accept(new InvalidInput.Fault(
                    field,
                    "is a day of the years " + FIRST_YEAR + " to " + LAST_YEAR,
                    "est un jour des années " + FIRST_YEAR + " à " + LAST_YEAR));
            return null;
        }
        return day;
    }
}
