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

/** Reads what was entered, and reports everything that is wrong with it, field by field. */
public final class EntryReading {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final Set<Audience> USUAL =
            EnumSet.of(Audience.PUBLIC, Audience.PROFESSIONALS, Audience.UNSCHEDULED_CARE);
    private static final Duration LONGEST_SLOT = Duration.ofHours(24);
    private static final int MOST_PATIENTS = 1_000;
    private static final int YEARS_AHEAD = 2;
    /** In English, the possible codes; in French, the message for people who chose nothing, or an unknown code. */
    private static final Wording MODES = new Wording(
            codes(ConsultationMode.values(), ConsultationMode::code),
            "Choisissez au moins un type de consultation : en cabinet, téléconsultation ou visite à domicile.",
            "Choose at least one type of consultation.");

    private static final Wording AUDIENCES = new Wording(
            codes(Audience.values(), Audience::code),
            "Choisissez à qui s'adresse la disponibilité : grand public, professionnels, soins non programmés ou CPTS.",
            "Choose for whom the availability is: the public, professionals, unscheduled care or" + " the CPTS.");
    private static final Wording DAYS = new Wording(
            codes(DayOfWeek.values(), EntryDocument.WeeklyDocument::name),
            "Choisissez au moins un jour de la semaine, du lundi au dimanche.",
            "Choose at least one day of the week.");

    private final EntryDocument document;
    private final List<DirectoryPlace> places;
    private final @Nullable EntryDraft before;
    private final boolean dateIsTyped;
    private final Instant now;
    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    private EntryReading(
            EntryDocument document,
            List<DirectoryPlace> places,
            @Nullable EntryDraft before,
            boolean dateIsTyped,
            Instant now) {
        this.document = document;
        this.places = places;
        this.before = before;
        this.dateIsTyped = dateIsTyped;
        this.now = now;
    }

    /** @param places where the practitioner works */
    public static EntryDraft read(EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, null, true, now).draft();
    }

    /** A weekly entry keeps its first day, even if that is long ago, and its end, if another entry follows it. */
    public static EntryDraft change(
            EntryDraft before, EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, before, true, now).draft();
    }

    /**
     * The weeks from the document's date on. Nobody entered that date, so only the weekdays count, not the date itself.
     */
    public static EntryDraft weeksFrom(
            EntryDraft before, EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, before, false, now).draft();
    }

    private EntryDraft draft() {
        DirectoryPlace place = DirectoryPlaces.named(
                document.place(), places, wrong -> faults.add(new InvalidInput.Fault("place", wrong)));
        LocalDate date = DayParser.read("date", document.date(), faults::add);
        LocalTime start = time("start", document.start());
        LocalTime end = time("end", document.end());
        if (date != null && place != null) {
            checkDate(date, start, end, place.zone());
        }
        WeeklyRecurrence weekly = weekly();
        LocalDate first = date == null ? null : firstDay(date, weekly);
        if (date != null && place != null && weekly == null && start != null && end != null) {
            checkClock(date, start, end, place.zone());
        }
        Integer patients = patients();
        EntryDraft.Kind kind = kind(patients);
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
        EntryDraft draft = new EntryDraft(
                DirectoryPlaces.shown(Objects.requireNonNull(place)),
                Objects.requireNonNull(kind),
                Objects.requireNonNull(first),
                weekly,
                Objects.requireNonNull(start),
                Objects.requireNonNull(end),
                Objects.requireNonNull(patients),
                modes,
                audiences);
        Occurrence occurrence = draft.first();
        if (draft.kind() == EntryDraft.Kind.SLOT
                && Duration.between(occurrence.start(), occurrence.end()).compareTo(LONGEST_SLOT) > 0) {
            throw new InvalidInput(
                    "end",
                    "must be at most 24 hours after the start of a slot",
                    "Un créneau dure au plus 24 heures.",
                    "A slot lasts at most 24 hours.");
        }
        return draft;
    }

    /** An end on the next day must be stated; it is never guessed, because the hours may be a typing error. */
    private void checkEnd(LocalTime start, LocalTime end) {
        boolean endsNextDay = Boolean.TRUE.equals(document.endsNextDay());
        if (start.equals(end)) {
            fault(
                    "end",
                    "must differ from the start",
                    "L'heure de fin doit être différente de l'heure de début.",
                    "The end time must differ from the start time.");
        } else if (end.isBefore(start) && !endsNextDay) {
            fault(
                    "end",
                    "must be after the start, unless endsNextDay is true",
                    "L'heure de fin doit être après l'heure de début ; si la disponibilité se termine le lendemain,"
                            + " indiquez-le.",
                    "The end time must be after the start time; if the availability ends the next day," + " say so.");
        } else if (end.isAfter(start) && endsNextDay) {
            fault(
                    "endsNextDay",
                    "may be true only if the end is an earlier time of day than the start: an entry must be shorter"
                            + " than 24 hours",
                    "Une disponibilité dure moins de 24 heures : si elle se termine le lendemain, l'heure de fin doit"
                            + " être avant l'heure de début.",
                    "An availability lasts less than 24 hours: if it ends the next day, the end time must"
                            + " be before the start time.");
        }
    }

    private void checkDate(LocalDate date, @Nullable LocalTime start, @Nullable LocalTime end, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        if (isWhereTheWeeklyOneBegan(date)) {
            return;
        }
        if (dateIsTyped && date.isBefore(today) && !lasts(date, start, end, zone)) {
            fault("date", "is in the past", "La date est passée.", "The date is in the past.");
        } else if (date.isAfter(today.plusYears(YEARS_AHEAD))) {
            fault(
                    "date",
                    "is more than " + YEARS_AHEAD + " years ahead",
                    "La date est dans plus de " + YEARS_AHEAD + " ans.",
                    "The date is more than " + YEARS_AHEAD + " years ahead.");
        }
    }

    /** A single entry cannot be in an hour that the clocks skip; a weekly one is moved on that night. */
    private void checkClock(LocalDate date, LocalTime start, LocalTime end, ZoneId zone) {
        if (before != null
                && before.weekly() == null
                && before.date().equals(date)
                && before.start().equals(start)
                && before.end().equals(end)) {
            return;
        }
        ClockChange.at(date.atTime(start), zone)
                .filter(change -> change.skips(start))
                .ifPresent(change -> missing("start", start, change));
        LocalDate last = end.isAfter(start) ? date : date.plusDays(1);
        ClockChange.at(last.atTime(end), zone)
                .filter(change -> change.skips(end))
                .ifPresent(change -> missing("end", end, change));
    }

    private void missing(String field, LocalTime typed, ClockChange change) {
        fault(
                field,
                "must be an hour that exists: the clocks go from " + change.from() + " to " + change.to()
                        + " that night",
                "Cette nuit-là, les horloges passent directement de " + change.from() + " à " + change.to() + " : "
                        + typed + " n'existe pas. Indiquez " + change.from().minusMinutes(1)
                        + " au plus tard, ou une heure à partir de " + change.to() + ".",
                "That night the clocks go from " + change.from() + " to " + change.to() + ": " + typed
                        + " does not exist. Enter " + change.from().minusMinutes(1) + " at the latest, or a time from "
                        + change.to() + " on.");
    }

    /** Whether it is an entry past midnight that is still in progress; unreadable hours are reported elsewhere. */
    private boolean lasts(LocalDate date, @Nullable LocalTime start, @Nullable LocalTime end, ZoneId zone) {
        return start != null
                && end != null
                && !start.equals(end)
                && !Occurrence.of(date, start, end, zone).isOverAt(now);
    }

    private boolean isWhereTheWeeklyOneBegan(LocalDate date) {
        return document.weekly() != null && before != null && before.weekly() != null && date.equals(before.date());
    }

    private @Nullable LocalDate firstDay(LocalDate date, @Nullable WeeklyRecurrence weekly) {
        if (weekly == null) {
            return date;
        }
        LocalDate until = weekly.until();
        LocalDate first = dateIsTyped ? date : weekly.firstFrom(date).orElse(null);
        if (first == null || until != null && first.isAfter(until)) {
            fault(
                    "date",
                    "leaves no day up to " + until + ", after which another entry follows",
                    "Une autre disponibilité prend la suite : il ne reste aucun jour avant elle.",
                    "Another availability follows: no day is left before it.");
            return null;
        }
        return first;
    }

    private @Nullable WeeklyRecurrence weekly() {
        if (document.weekly() == null) {
            return null;
        }
        Set<DayOfWeek> days = chosen(
                "weekly.days", document.weekly().days(), DayOfWeek.values(), EntryDocument.WeeklyDocument::name, DAYS);
        LocalDate until = before == null || before.weekly() == null
                ? null
                : before.weekly().until();
        return days.isEmpty() ? null : new WeeklyRecurrence(days, until);
    }

    private @Nullable LocalTime time(String field, @Nullable String text) {
        try {
            if (text != null) {
                return LocalTime.parse(text, TIME);
            }
        } catch (DateTimeException e) {
            // reported by the fault below
        }
        faults.add(InvalidInput.Fault.unreadable(
                field,
                "must be a time of day such as 08:30, from 00:00 to 23:59",
                "Indiquez une heure de la journée, de 00:00 à 23:59, par exemple 08:30."));
        return null;
    }

    private @Nullable Integer patients() {
        int patients = document.patients() == null ? 1 : document.patients();
        if (patients < 1 || patients > MOST_PATIENTS) {
            fault(
                    "patients",
                    "must be a number from 1 to " + MOST_PATIENTS,
                    "Indiquez un nombre de patients de 1 à " + MOST_PATIENTS + ".",
                    "Enter a number of patients from 1 to " + MOST_PATIENTS + ".");
            return null;
        }
        return patients;
    }

    private EntryDraft.@Nullable Kind kind(@Nullable Integer patients) {
        String named = document.kind();
        if (named == null) {
            return patients == null || patients == 1 ? EntryDraft.Kind.SLOT : EntryDraft.Kind.RANGE;
        }
        switch (named) {
            case "slot" -> {
                if (patients != null && patients > 1) {
                    fault(
                            "kind",
                            "must be range for several patients: a slot is for one",
                            "Un créneau est pour un seul patient : pour plusieurs, choisissez une plage horaire.",
                            "A slot is for one patient: for several, choose a time range.");
                }
                return EntryDraft.Kind.SLOT;
            }
            case "range" -> {
                return EntryDraft.Kind.RANGE;
            }
            default -> {
                fault(
                        "kind",
                        "must be slot or range",
                        "Choisissez un créneau ou une plage horaire.",
                        "Choose a slot or a time range.");
                return null;
            }
        }
    }

    private <E extends Enum<E>> Set<E> chosen(
            String field, @Nullable List<@Nullable String> codes, E[] all, Function<E, String> code, Wording choice) {
        if (codes == null || codes.isEmpty()) {
            fault(field, "must name at least one of " + choice.english(), choice.french(), choice.plainEnglish());
            return Set.of();
        }
        Set<E> chosen = EnumSet.noneOf(all[0].getDeclaringClass());
        for (int i = 0; i < codes.size(); i++) {
            String named = codes.get(i);
            List<E> meant = Arrays.stream(all)
                    .filter(one -> code.apply(one).equals(named))
                    .toList();
            if (meant.isEmpty()) {
                fault(
                        field + "[" + i + "]",
                        "must be one of " + choice.english(),
                        choice.french(),
                        choice.plainEnglish());
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private static <E> String codes(E[] all, Function<E, String> code) {
        return Arrays.stream(all).map(code).collect(Collectors.joining(", "));
    }

    private void fault(String field, String english, String french, @Nullable String plainEnglish) {
        faults.add(new InvalidInput.Fault(field, new Wording(english, french, plainEnglish)));
    }
}
