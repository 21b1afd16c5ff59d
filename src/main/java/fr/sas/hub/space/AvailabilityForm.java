package fr.sas.hub.space;

import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.entry.Draft;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.ConsultationMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form « AJOUTER OU MODIFIER DES DISPONIBILITÉS » as it was filled in, whatever stands in it (guide 003, 2.4).
 *
 * @param lieu the directory's id of the place
 * @param lendemain that the end is on the next day
 * @param choix slot or range
 * @param patients how many, of a range
 * @param types codes of consultation modes
 * @param jours names of weekdays, of what comes every week
 * @param portee what a change of something weekly is meant for
 * @param version that the writer has read
 * @param vue the place that the week behind shows; null: all
 */
record AvailabilityForm(
        @Nullable String lieu,
        @Nullable String date,
        @Nullable String debut,
        @Nullable String fin,
        @Nullable Boolean lendemain,
        @Nullable String choix,
        @Nullable String patients,
        @Nullable List<String> types,
        @Nullable List<String> jours,
        AgendaEdits.@Nullable Scope portee,
        @Nullable Long version,
        @Nullable String vue) {

    static final String SLOT = "slot";
    static final String RANGE = "range";

    private static final Duration ADVISED = Duration.ofHours(1);

    /** One that nobody has filled in yet. */
    static AvailabilityForm empty(
            @Nullable String place,
            @Nullable String date,
            @Nullable String start,
            @Nullable String end,
            @Nullable String vue) {
        return new AvailabilityForm(
                place,
                date,
                start,
                end,
                null,
                SLOT,
                null,
                List.of(ConsultationMode.AT_PRACTICE.code()),
                null,
                null,
                null,
                vue);
    }

    static AvailabilityForm of(OccurrenceView shown, Set<DayOfWeek> weekdays, @Nullable String vue) {
        Draft typed = shown.entry().typed();
        return new AvailabilityForm(
                typed.place().key(),
                shown.occurrence().date().toString(),
                typed.start().toString(),
                typed.end().toString(),
                typed.endsNextDay(),
                typed.kind() == Draft.Kind.RANGE ? RANGE : SLOT,
                typed.kind() == Draft.Kind.RANGE ? String.valueOf(typed.patients()) : null,
                typed.modes().stream().map(ConsultationMode::code).toList(),
                Arrays.stream(DayOfWeek.values())
                        .filter(weekdays::contains)
                        .map(EntryDocument.WeeklyDocument::name)
                        .toList(),
                AgendaEdits.Scope.THIS_OCCURRENCE,
                shown.version(),
                vue);
    }

    /** The same, so that sending it again counts on top of what is there now. */
    AvailabilityForm on(OccurrenceView now) {
        return new AvailabilityForm(
                lieu, date, debut, fin, lendemain, choix, patients, types, jours, portee, now.version(), vue);
    }

    EntryDocument document() {
        boolean counts = RANGE.equals(choix) || patients != null && !patients.isBlank();
        return EntryDocument.typed(
                Objects.requireNonNullElse(lieu, ""),
                blankIsNull(date),
                blankIsNull(debut),
                blankIsNull(fin),
                Boolean.TRUE.equals(lendemain),
                choix,
                counts ? number(patients) : 1,
                types == null ? List.of() : types,
                List.copyOf(days()));
    }

    /** What is made to come every week also comes on the weekday of its date. */
    private Set<String> days() {
        Set<String> days = new LinkedHashSet<>(jours == null ? List.of() : jours);
        LocalDate day = day();
        if (!days.isEmpty() && day != null && portee == null) {
            days.add(EntryDocument.WeeklyDocument.name(day.getDayOfWeek()));
        }
        return days;
    }

    /** Null when none can be read. */
    @Nullable
    LocalDate day() {
        try {
            return date == null ? null : LocalDate.parse(date);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether it has to be asked if it ends on the next day. */
    public boolean isOvernight() {
        LocalTime start = time(debut);
        LocalTime end = time(fin);
        return Boolean.TRUE.equals(lendemain) || start != null && end != null && end.isBefore(start);
    }

    /** One patient for more than the hour that the guides advise. */
    boolean isLongForOne() {
        LocalTime start = time(debut);
        LocalTime end = time(fin);
        return SLOT.equals(choix)
                && start != null
                && end != null
                && (end.isBefore(start) || Duration.between(start, end).compareTo(ADVISED) > 0);
    }

    private static @Nullable LocalTime time(@Nullable String text) {
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Not a number is none, and refused as such. */
    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
