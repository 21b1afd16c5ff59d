package fr.sas.hub.slot;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regular opening hours of a consultation site, in its local time; when {@code allDay}, there are no times. */
public record OpeningHours(
        List<DayOfWeek> days,
        boolean allDay,
        @Nullable LocalTime opens,
        @Nullable LocalTime closes) {
    public OpeningHours {
        days = List.copyOf(days);
    }
}
