package fr.sas.hub.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Instants as parameters of addresses. */
public final class InstantParameter {

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("3000-01-01T00:00:00Z");

    private InstantParameter() {}

    /**
     * Such as {@code 2026-06-12T16:40:00+02:00}; a plus sign decoded as a space is accepted.
     *
     * @throws InvalidInput if it is none, or one that neither the database nor a calendar holds
     */
    public static Instant parse(String parameter, String text) {
        try {
            Instant instant =
                    OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
            if (isStorable(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // reported by the fault below
        }
        throw new InvalidInput(
                parameter,
                "must be an instant with an offset, such as 2026-06-12T16:40:00+02:00, not " + text,
                "Indiquez une date et une heure avec leur décalage, par exemple 2026-06-12T16:40:00+02:00.");
    }

    /** Null when it is left out or left empty. */
    public static @Nullable Instant parseOrNull(String parameter, @Nullable String text) {
        return text == null || text.isBlank() ? null : parse(parameter, text);
    }

    public static boolean isStorable(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(LAST);
    }
}
