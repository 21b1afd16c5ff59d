package fr.sas.hub.space;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.history.History;
import fr.sas.hub.history.RecordedChange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which availability a change in the history is about: as it was before, or, where it is new, as it is now. What the
 * documents of a line do not say is null.
 *
 * @param day the first day concerned, in the place's local time
 * @param start in the place's local time, like {@code end}
 * @param how what was done to it
 */
record ChangedAvailability(
        @Nullable LocalDate day,
        @Nullable LocalTime start,
        @Nullable LocalTime end,
        Scope scope,
        How how) {

    private static final Pattern ABOUT = Pattern.compile("agenda/entries/[^/]+(?:/(occurrences|from)/([^/]+))?");

    enum Scope {
        ONCE,
        THIS_OCCURRENCE,
        ALL_WEEKS
    }

    enum How {
        NEW,
        CHANGED,
        GONE,
        RESTORED
    }

    /**
     * Empty if the change is about something else.
     *
     * @param on the day of the change in the place's local time: weeks before it did not change
     */
    static Optional<ChangedAvailability> of(RecordedChange change, LocalDate on) {
        Matcher about = ABOUT.matcher(change.about());
        JsonNode document = change.before() != null ? change.before() : change.after();
        if (change.kind() != History.Kind.AGENDA || !about.matches() || document == null) {
            return Optional.empty();
        }
        LocalDate day = firstFrom(document, on);
        return Optional.of(new ChangedAvailability(
                day == null ? read(about.group(2), LocalDate::parse) : day,
                read(document.path("start").asText(), LocalTime::parse),
                read(document.path("end").asText(), LocalTime::parse),
                scope(about.group(1), document),
                how(change, about.group(1) != null)));
    }

    private static Scope scope(@Nullable String part, JsonNode document) {
        if ("occurrences".equals(part)) {
            return Scope.THIS_OCCURRENCE;
        }
        return part != null || document.path("weekly").isObject() ? Scope.ALL_WEEKS : Scope.ONCE;
    }

    /** Only a whole entry is ever created: a part of one that is there again was deleted before, as older lines do not say. */
    private static How how(RecordedChange change, boolean isPart) {
        if (change.undoesDeletion() || isPart && change.before() == null) {
            return How.RESTORED;
        }
        return change.before() == null ? How.NEW : change.after() == null ? How.GONE : How.CHANGED;
    }

    /** The first day on or after this one on which the described entry takes place; its date, unless it is weekly. */
    static @Nullable LocalDate firstFrom(JsonNode document, LocalDate on) {
        LocalDate date = read(document.path("date").asText(), LocalDate::parse);
        Set<String> days = new HashSet<>();
        document.path("weekly").path("days").forEach(day -> days.add(day.asText()));
        if (date == null || !date.isBefore(on)) {
            return date;
        }
        return on.datesUntil(on.plusWeeks(1))
                .filter(day -> days.contains(EntryDocument.WeeklyDocument.name(day.getDayOfWeek())))
                .findFirst()
                .orElse(date);
    }

    private static <T> @Nullable T read(@Nullable String text, Function<String, T> parse) {
        try {
            return text == null || text.isEmpty() ? null : parse.apply(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
