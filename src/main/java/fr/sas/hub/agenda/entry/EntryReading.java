package fr.sas.hub.agenda.entry;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what somebody typed, and says everything that is wrong with it, field by field. */
public final class EntryReading {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final Set<Audience> USUAL =
            EnumSet.of(Audience.PUBLIC, Audience.PROFESSIONALS, Audience.UNSCHEDULED_CARE);
    private static final Duration LONGEST_SLOT = Duration.ofHours(24);
    private static final int MOST_PATIENTS = 1_000;
    private static final int YEARS_AHEAD = 2;
    /** In English the codes there are to choose from, in French what somebody is told who chose nothing, or none of them. */
    private static final Wording MODES = new Wording(
            codes(ConsultationMode.values(), ConsultationMode::code),
            "Choisissez au moins un type de consultation : en cabinet, téléconsultation ou visite à domicile.");

    private static final Wording AUDIENCES = new Wording(
            codes(Audience.values(), Audience::code),
            "Choisissez à qui s'adresse la disponibilité : grand public, professionnels, soins non programmés ou CPTS.");
    private static final Wording DAYS = new Wording(
            codes(DayOfWeek.values(), EntryDocument.WeeklyDocument::name),
            "Choisissez au moins un jour de la semaine, du lundi au dimanche.");

    private final EntryDocument document;
    private final List<DirectoryPlace> places;
    private final @Nullable Draft before;
    private final boolean dateIsTyped;
    private final Instant now;
    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    private EntryReading(
            EntryDocument document,
            List<DirectoryPlace> places,
            @Nullable Draft before,
            boolean dateIsTyped,
            Instant now) {
        this.document = document;
        this.places = places;
        this.before = before;
        this.dateIsTyped = dateIsTyped;
        this.now = now;
    }

    /** @param places where the practitioner works */
    public static Draft read(EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, null, true, now).draft();
    }

    /** A weekly entry keeps the day it began, though that may be long ago, and its end, where another follows it. */
    public static Draft change(Draft before, EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, before, true, now).draft();
    }

    /** The weeks from the document's date on: nobody typed that date, so it takes place only where the weekdays say so. */
    public static Draft weeksFrom(Draft before, EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, before, false, now).draft();
    }

    private Draft draft() {
        DirectoryPlace place =
                Places.named(document.place(), places, wrong -> faults.add(new InvalidInput.Fault("place", wrong)));
        LocalDate date = Days.read("date", document.date(), faults::add);
        LocalTime start = time("start", document.start());
        LocalTime end = time("end", document.end());
        if (date != null && place != null) {
            checkDate(date, start, end, place.zone());
        }
        Weekly weekly = weekly();
        LocalDate first = date == null ? null : firstDay(date, weekly);
        Integer patients = patients();
        Draft.Kind kind = kind(patients);
        Set<ConsultationMode> modes =
                chosen("modes", document.modes(), ConsultationMode.values(), ConsultationMode::code, MODES);
        Set<Audience> audiences = document.audiences() == null
                ? USUAL
                : chosen("audiences", document.audiences(), Audience.values(), Audience::code, AUDIENCES);
        if (start != null && end != null) {
            checkEnd(start, end);
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        Draft draft = new Draft(
                Places.shown(Objects.requireNonNull(place)),
                Objects.requireNonNull(kind),
                Objects.requireNonNull(first),
                weekly,
                Objects.requireNonNull(start),
                Objects.requireNonNull(end),
                Objects.requireNonNull(patients),
                modes,
                audiences);
        Occurrence occurrence = draft.first();
        if (draft.kind() == Draft.Kind.SLOT
                && Duration.between(occurrence.start(), occurrence.end()).compareTo(LONGEST_SLOT) > 0) {
            throw new InvalidInput(
                    "end", "is at most 24 hours after the start of a slot", "Un créneau dure au plus 24 heures.");
        }
        return draft;
    }

    /** That the end is on the next day is said, and never guessed from a slip of the pen. */
    private void checkEnd(LocalTime start, LocalTime end) {
        boolean endsNextDay = Boolean.TRUE.equals(document.endsNextDay());
        if (start.equals(end)) {
            fault(
                    "end",
                    "is not the start: an entry has a length",
                    "L'heure de fin doit être différente de l'heure de début.");
        } else if (end.isBefore(start) && !endsNextDay) {
            fault(
                    "end",
                    "is after the start, unless endsNextDay is true",
                    "L'heure de fin doit être après l'heure de début ; si la disponibilité se termine le lendemain,"
                            + " indiquez-le.");
        } else if (end.isAfter(start) && endsNextDay) {
            fault(
                    "endsNextDay",
                    "is true only when the end is an earlier hour than the start: an entry is shorter than 24 hours",
                    "Une disponibilité dure moins de 24 heures : si elle se termine le lendemain, l'heure de fin doit"
                            + " être avant l'heure de début.");
        }
    }

    private void checkDate(LocalDate date, @Nullable LocalTime start, @Nullable LocalTime end, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (isWhereTheWeeklyOneBegan(date)) {
            return;
        }
        if (dateIsTyped && date.isBefore(today) && !lasts(date, start, end, zone)) {
            fault("date", "is past", "La date est passée.");
        } else if (date.isAfter(today.plusYears(YEARS_AHEAD))) {
            fault(
                    "date",
                    "is more than " + YEARS_AHEAD + " years ahead",
                    "La date est dans plus de " + YEARS_AHEAD + " ans.");
        }
    }

    /** Whether it is a night that is still in progress; hours that cannot be read are told as such. */
    private boolean lasts(LocalDate date, @Nullable LocalTime start, @Nullable LocalTime end, ZoneId zone) {
        return start != null
                && end != null
                && !start.equals(end)
                && !Occurrence.of(date, start, end, zone).isOverAt(now);
    }

    private boolean isWhereTheWeeklyOneBegan(LocalDate date) {
        return document.weekly() != null && before != null && before.weekly() != null && date.equals(before.date());
    }

    private @Nullable LocalDate firstDay(LocalDate date, @Nullable Weekly weekly) {
        if (weekly == null) {
            return date;
        }
        LocalDate until = weekly.until();
        LocalDate first = dateIsTyped ? date : weekly.firstFrom(date).orElse(null);
        if (first == null || until != null && first.isAfter(until)) {
            fault(
                    "date",
                    "leaves no day up to " + until + ", where another entry follows",
                    "Une autre disponibilité prend la suite : il ne reste aucun jour avant elle.");
            return null;
        }
        return first;
    }

    private @Nullable Weekly weekly() {
        if (document.weekly() == null) {
            return null;
        }
        Set<DayOfWeek> days = chosen(
                "weekly.days", document.weekly().days(), DayOfWeek.values(), EntryDocument.WeeklyDocument::name, DAYS);
        LocalDate until = before == null || before.weekly() == null
                ? null
                : before.weekly().until();
        return days.isEmpty() ? null : new Weekly(days, until);
    }

    private @Nullable LocalTime time(String field, @Nullable String text) {
        try {
            if (text != null) {
                return LocalTime.parse(text, TIME);
            }
        } catch (DateTimeException e) {
            // the fault below says it
        }
        faults.add(InvalidInput.Fault.unreadable(
                field,
                "is a time of the day such as 08:30, from 00:00 to 23:59",
                "Indiquez une heure de la journée, de 00:00 à 23:59, par exemple 08:30."));
        return null;
    }

    private @Nullable Integer patients() {
        int patients = document.patients() == null ? 1 : document.patients();
        if (patients < 1 || patients > MOST_PATIENTS) {
            fault(
                    "patients",
                    "is a number from 1 to " + MOST_PATIENTS,
                    "Indiquez un nombre de patients de 1 à " + MOST_PATIENTS + ".");
            return null;
        }
        return patients;
    }

    private Draft.@Nullable Kind kind(@Nullable Integer patients) {
        String named = document.kind();
        if (named == null) {
            return patients == null || patients == 1 ? Draft.Kind.SLOT : Draft.Kind.RANGE;
        }
        switch (named) {
            case "slot" -> {
                if (patients != null && patients > 1) {
                    fault(
                            "kind",
                            "is range for several patients: a slot is for one",
                            "Un créneau est pour un seul patient : pour plusieurs, choisissez une plage horaire.");
                }
                return Draft.Kind.SLOT;
            }
            case "range" -> {
                return Draft.Kind.RANGE;
            }
            default -> {
                fault("kind", "is slot or range", "Choisissez un créneau ou une plage horaire.");
                return null;
            }
        }
    }

    private <E extends Enum<E>> Set<E> chosen(
            String field, @Nullable List<@Nullable String> codes, E[] all, Function<E, String> code, Wording choice) {
        if (codes == null || codes.isEmpty()) {
            fault(field, "names at least one of " + choice.english(), choice.french());
            return Set.of();
        }
        Set<E> chosen = EnumSet.noneOf(all[0].getDeclaringClass());
        for (int i = 0; i < codes.size(); i++) {
            String named = codes.get(i);
            List<E> meant = Arrays.stream(all)
                    .filter(one -> code.apply(one).equals(named))
                    .toList();
            if (meant.isEmpty()) {
                fault(field + "[" + i + "]", "is one of " + choice.english(), choice.french());
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private static <E> String codes(E[] all, Function<E, String> code) {
        return Arrays.stream(all).map(code).collect(Collectors.joining(", "));
    }

    private void fault(String field, String english, String french) {
        faults.add(new InvalidInput.Fault(field, english, french));
    }
}
