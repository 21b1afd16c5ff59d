package fr.sas.hub.space;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.agenda.AgendaEdits;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.EntryDraft;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form « AJOUTER OU MODIFIER DES DISPONIBILITÉS » as it was filled in, right or wrong (guide 003, 2.4).
 *
 * @param lieu the directory's id of the place
 * @param lendemain the hours, such as {@code 22:00-02:00}, of which it was confirmed that they end on the next day
 * @param certain the hours of which it was confirmed that they are meant for one patient
 * @param choix slot or range
 * @param patients how many, for a range
 * @param types codes of consultation modes
 * @param jours names of weekdays, if it takes place every week
 * @param portee what a change to a weekly entry applies to
 * @param version that the user has read
 * @param vue the place shown in the week from which the form was opened; null for all
 * @param attendus how many expected patients it was confirmed to leave out
 */
record AvailabilityForm(
        @Nullable String lieu,
        @Nullable String date,
        @Nullable String debut,
        @Nullable String fin,
        @Nullable String lendemain,
        @Nullable String certain,
        @Nullable String choix,
        @Nullable String patients,
        @Nullable List<String> types,
        @Nullable List<String> jours,
        AgendaEdits.@Nullable Scope portee,
        @Nullable Long version,
        @Nullable String vue,
        @Nullable Integer attendus) {

    static final String SLOT = "slot";
    static final String RANGE = "range";

    /** What the guides recommend for one patient. */
    private static final Duration ADVISED = Duration.ofHours(1);

    /** Half a day: more for one patient is taken for a slip, unless it is confirmed (docs/decisions/0083). */
    private static final Duration LIKELY = Duration.ofHours(4);

    private static final InvalidInput.Fault CERTAIN = new InvalidInput.Fault(
            "certain",
            "must confirm so many hours for one patient",
            "Êtes-vous sûr ? Ce créneau est long pour un seul patient : pour en recevoir plusieurs, choisissez la plage"
                    + " horaire ; sinon, cochez cette case.",
            "Are you sure? This slot is long for one patient: to see several, choose the time"
                    + " range; otherwise tick this box.");

    /** A form that has not been filled in yet. */
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
                null,
                SLOT,
                null,
                List.of(ConsultationMode.AT_PRACTICE.code()),
                null,
                null,
                null,
                vue,
                null);
    }

    static AvailabilityForm of(OccurrenceView shown, Set<DayOfWeek> weekdays, @Nullable String vue) {
        EntryDraft typed = shown.entry().typed();
        String hours = span(typed.start().toString(), typed.end().toString());
        return new AvailabilityForm(
                typed.place().key(),
                shown.occurrence().date().toString(),
                typed.start().toString(),
                typed.end().toString(),
                typed.endsNextDay() ? hours : null,
                typed.kind() == EntryDraft.Kind.SLOT ? hours : null,
                typed.kind() == EntryDraft.Kind.RANGE ? RANGE : SLOT,
                typed.kind() == EntryDraft.Kind.RANGE ? String.valueOf(typed.patients()) : null,
                typed.modes().stream().map(ConsultationMode::code).toList(),
                names(weekdays),
                AgendaEdits.Scope.THIS_OCCURRENCE,
                shown.version(),
                vue,
                null);
    }

    private static List<String> names(Set<DayOfWeek> weekdays) {
        return Arrays.stream(DayOfWeek.values())
                .filter(weekdays::contains)
                .map(EntryDocument.WeeklyDocument::name)
                .toList();
    }

    /**
     * The same with the present version, so that sending it again overwrites the present state; but the weekdays stay as
     * somebody else changed them, unless others were meant to be.
     */
    AvailabilityForm on(OccurrenceView now, Set<DayOfWeek> weekdays) {
        boolean changesDays = portee == AgendaEdits.Scope.ALL_WEEKS || portee == null && jours != null;
        return new AvailabilityForm(
                lieu,
                date,
                debut,
                fin,
                lendemain,
                certain,
                choix,
                patients,
                types,
                changesDays ? jours : names(weekdays),
                portee,
                now.version(),
                vue,
                attendus);
    }

    /** The same without weekdays. */
    AvailabilityForm once() {
        return new AvailabilityForm(
                lieu, date, debut, fin, lendemain, certain, choix, patients, types, null, portee, version, vue,
                attendus);
    }

    /** What it has to ask; empty if there is nothing to ask, or it was answered. */
    Optional<InvalidInput.Fault> question() {
        return isUnlikelyForOne() && !isCertain() ? Optional.of(CERTAIN) : Optional.empty();
    }

    /** The hours that are typed, as a question about them names them: its answer holds for no others. */
    public String span() {
        return span(debut, fin);
    }

    private static String span(@Nullable String start, @Nullable String end) {
        return Objects.requireNonNullElse(start, "") + "-" + Objects.requireNonNullElse(end, "");
    }

    /** Whether it was confirmed that these hours are meant for one patient. */
    public boolean isCertain() {
        return span().equals(certain);
    }

    /** Whether it was confirmed that these hours end on the next day. */
    public boolean isNextDay() {
        return isOvernight() && span().equals(lendemain);
    }

    int leftOut() {
        return attendus == null ? 0 : attendus;
    }

    EntryDocument document() {
        boolean counts = RANGE.equals(choix) || patients != null && !patients.isBlank();
        return EntryDocument.typed(
                Objects.requireNonNullElse(lieu, ""),
                blankIsNull(date),
                blankIsNull(debut),
                blankIsNull(fin),
                isNextDay(),
                choix,
                counts ? number(patients) : 1,
                types == null ? List.of() : types,
                List.copyOf(days()));
    }

    /** A new weekly entry also takes place on the weekday of its date. */
    private Set<String> days() {
        Set<String> days = new LinkedHashSet<>(jours == null ? List.of() : jours);
        LocalDate day = day();
        if (!days.isEmpty() && day != null && portee == null) {
            days.add(EntryDocument.WeeklyDocument.name(day.getDayOfWeek()));
        }
        return days;
    }

    /** Null if it cannot be read. */
    @Nullable
    LocalDate day() {
        return IsoWeek.day(date).orElse(null);
    }

    /** Whether the form has to ask if it ends on the next day. */
    public boolean isOvernight() {
        LocalTime start = time(debut);
        LocalTime end = time(fin);
        return start != null && end != null && end.isBefore(start);
    }

    /** Whether it offers one patient more than the hour that the guides recommend. */
    boolean isLongForOne() {
        return isForOneLongerThan(ADVISED);
    }

    /** Whether the form has to ask if so many hours are meant for one patient. */
    public boolean isUnlikelyForOne() {
        return isForOneLongerThan(LIKELY);
    }

    /** The start and the end, such as « 08h00 » and « 20h00 ». */
    public List<String> hours() {
        return List.of(hour(debut), hour(fin));
    }

    private static String hour(@Nullable String text) {
        LocalTime time = time(text);
        return time == null ? "" : HourWords.of(time);
    }

    private boolean isForOneLongerThan(Duration most) {
        LocalTime start = time(debut);
        LocalTime end = time(fin);
        return SLOT.equals(choix) && start != null && end != null && isLongerThan(most, start, end);
    }

    /** An end before the start is on the next day. */
    private static boolean isLongerThan(Duration most, LocalTime start, LocalTime end) {
        Duration sameDay = Duration.between(start, end);
        return (sameDay.isNegative() ? sameDay.plusDays(1) : sameDay).compareTo(most) > 0;
    }

    private static @Nullable LocalTime time(@Nullable String text) {
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** What is not a number counts as 0, which is then refused. */
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
