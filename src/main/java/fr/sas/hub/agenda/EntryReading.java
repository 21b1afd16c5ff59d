package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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
final class EntryReading {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final Set<Audience> USUAL =
            EnumSet.of(Audience.PUBLIC, Audience.PROFESSIONALS, Audience.UNSCHEDULED_CARE);
    private static final Duration LONGEST_SLOT = Duration.ofHours(24);
    private static final int MOST_PATIENTS = 1_000;
    private static final int YEARS_AHEAD = 2;

    private final EntryDocument document;
    private final List<DirectoryPlace> places;
    private final @Nullable Draft before;
    private final Instant now;
    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    private EntryReading(EntryDocument document, List<DirectoryPlace> places, @Nullable Draft before, Instant now) {
        this.document = document;
        this.places = places;
        this.before = before;
        this.now = now;
    }

    /** @param places where the practitioner works */
    static Draft read(EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, null, now).draft();
    }

    /** A weekly entry keeps the day it began, though that may be long ago, and its end, where another follows it. */
    static Draft change(Draft before, EntryDocument document, List<DirectoryPlace> places, Instant now) {
        return new EntryReading(document, places, before, now).draft();
    }

    private Draft draft() {
        DirectoryPlace place =
                Places.named(document.place(), places, wrong -> faults.add(new InvalidInput.Fault("place", wrong)));
        LocalDate date = date(place);
        Weekly weekly = weekly(date);
        LocalTime start = time("start", document.start());
        LocalTime end = time("end", document.end());
        Integer patients = patients();
        Draft.Kind kind = kind(patients);
        Set<ConsultationMode> modes =
                chosen("modes", document.modes(), ConsultationMode.values(), ConsultationMode::code);
        Set<Audience> audiences = document.audiences() == null
                ? USUAL
                : chosen("audiences", document.audiences(), Audience.values(), Audience::code);
        if (start != null && start.equals(end)) {
            fault(
                    "end",
                    "is not the start: an entry has a length",
                    "n'est pas le début : une disponibilité a une durée");
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        Draft draft = new Draft(
                Places.shown(Objects.requireNonNull(place)),
                Objects.requireNonNull(kind),
                Objects.requireNonNull(date),
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
                    "end",
                    "is at most 24 hours after the start of a slot",
                    "est au plus 24 heures après le début d'un créneau");
        }
        return draft;
    }

    private @Nullable LocalDate date(@Nullable DirectoryPlace place) {
        LocalDate date = Days.read("date", document.date(), faults::add);
        if (date != null && place != null && !isWhereTheWeeklyOneBegan(date)) {
            LocalDate today = LocalDate.ofInstant(now, place.zone());
            if (date.isBefore(today.minusDays(1))) {
                fault("date", "is past", "est passé");
            } else if (date.isAfter(today.plusYears(YEARS_AHEAD))) {
                fault(
                        "date",
                        "is more than " + YEARS_AHEAD + " years ahead",
                        "est dans plus de " + YEARS_AHEAD + " ans");
            }
        }
        return date;
    }

    private boolean isWhereTheWeeklyOneBegan(LocalDate date) {
        return document.weekly() != null && before != null && before.weekly() != null && date.equals(before.date());
    }

    private @Nullable Weekly weekly(@Nullable LocalDate date) {
        if (document.weekly() == null) {
            return null;
        }
        Set<DayOfWeek> days =
                chosen("weekly.days", document.weekly().days(), DayOfWeek.values(), EntryDocument.WeeklyDocument::name);
        if (days.isEmpty()) {
            return null;
        }
        LocalDate until = before == null || before.weekly() == null
                ? null
                : before.weekly().until();
        Weekly weekly = new Weekly(days, until);
        if (date != null && until != null && date.datesUntil(date.plusDays(7)).noneMatch(weekly::isOn)) {
            fault(
                    "date",
                    "leaves no day up to " + until + ", where another entry follows",
                    "ne laisse aucun jour jusqu'au " + until + ", où une autre disponibilité prend la suite");
        }
        return weekly;
    }

    private @Nullable LocalTime time(String field, @Nullable String text) {
        try {
            if (text != null) {
                return LocalTime.parse(text, TIME);
            }
        } catch (DateTimeException e) {
            // the fault below says it
        }
        fault(
                field,
                "is a time of the day such as 08:30, from 00:00 to 23:59",
                "est une heure de la journée, par exemple 08:30, de 00:00 à 23:59");
        return null;
    }

    private @Nullable Integer patients() {
        int patients = document.patients() == null ? 1 : document.patients();
        if (patients < 1 || patients > MOST_PATIENTS) {
            fault("patients", "is a number from 1 to " + MOST_PATIENTS, "est un nombre de 1 à " + MOST_PATIENTS);
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
                            "est range pour plusieurs patients : un créneau (slot) est pour un seul");
                }
                return Draft.Kind.SLOT;
            }
            case "range" -> {
                return Draft.Kind.RANGE;
            }
            default -> {
                fault("kind", "is slot or range", "est slot ou range");
                return null;
            }
        }
    }

    private <E extends Enum<E>> Set<E> chosen(
            String field, @Nullable List<@Nullable String> codes, E[] all, Function<E, String> code) {
        String known = Arrays.stream(all).map(code).collect(Collectors.joining(", "));
        if (codes == null || codes.isEmpty()) {
            fault(field, "names at least one of " + known, "nomme au moins une valeur parmi " + known);
            return Set.of();
        }
        Set<E> chosen = EnumSet.noneOf(all[0].getDeclaringClass());
        for (int i = 0; i < codes.size(); i++) {
            String named = codes.get(i);
            List<E> meant = Arrays.stream(all)
                    .filter(one -> code.apply(one).equals(named))
                    .toList();
            if (meant.isEmpty()) {
                fault(field + "[" + i + "]", "is one of " + known, "est une valeur parmi " + known);
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private void fault(String field, String english, String french) {
        faults.add(new InvalidInput.Fault(field, english, french));
    }
}
