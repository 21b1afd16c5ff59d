package fr.sas.hub.agenda.place;

import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.agenda.entry.DayParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what was entered for a place, and reports everything that is wrong with it, field by field. */
public final class PlaceReading {

    private static final int MOST_PERIODS = 3;
    private static final int YEARS_AHEAD = 2;
    private static final int LONGEST_INFORMATION = 1_000;

    private final List<InvalidInput.Fault> faults = new ArrayList<>();
    private final LocalDate today;

    private PlaceReading(LocalDate today) {
        this.today = today;
    }

    /** If the place is already unavailable until further notice, that keeps its beginning. */
    public static Unavailability unavailability(
            UnavailabilityDocument document, Unavailability before, ZoneId zone, Instant now) {
        Instant since = !Boolean.TRUE.equals(document.fromNow())
                ? null
                : before.since() == null ? now.truncatedTo(ChronoUnit.SECONDS) : before.since();
        return new Unavailability(since, new PlaceReading(LocalDate.ofInstant(now, zone)).periods(document.periods()));
    }

    private List<Unavailability.Period> periods(
            @Nullable List<UnavailabilityDocument.@Nullable PeriodDocument> documents) {
        List<Unavailability.Period> periods = new ArrayList<>();
        for (int i = 0; documents != null && i < documents.size(); i++) {
            UnavailabilityDocument.PeriodDocument document = documents.get(i);
            String field = "periods[" + i + "]";
            LocalDate from = DayParser.read(field + ".from", document == null ? null : document.from(), faults::add);
            LocalDate to = DayParser.read(field + ".to", document == null ? null : document.to(), faults::add);
            if (from == null || to == null) {
                continue;
            }
            if (to.isBefore(from)) {
                fault(
                        field + ".to",
                        "must not be before from",
                        "La date de fin ne peut pas être avant la date de début.",
                        "The end date cannot be before the start date.");
            } else if (to.isBefore(today)) {
                fault(
                        field + ".to",
                        "is in the past",
                        "Cette période est déjà passée.",
                        "This period is already over.");
            } else if (to.isAfter(today.plusYears(YEARS_AHEAD))) {
                fault(
                        field + ".to",
                        "is more than " + YEARS_AHEAD + " years ahead",
                        "La date de fin est dans plus de " + YEARS_AHEAD + " ans.",
                        "The end date is more than " + YEARS_AHEAD + " years ahead.");
            } else {
                periods.add(new Unavailability.Period(from, to));
            }
        }
        if (documents != null && documents.size() > MOST_PERIODS) {
            fault(
                    "periods",
                    "must be at most " + MOST_PERIODS + ", not " + documents.size(),
                    "Vous pouvez saisir jusqu'à " + MOST_PERIODS + " indisponibilités programmées.",
                    "You can enter up to " + MOST_PERIODS + " planned periods of unavailability.");
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return periods;
    }

    private void fault(String field, String english, String french, String plainEnglish) {
        faults.add(new InvalidInput.Fault(field, english, french, plainEnglish));
    }

    /** Empty if there is no information. */
    public static Optional<String> information(InformationDocument document) {
        String text = document.text() == null
                ? ""
                : document.text().replace("\r\n", "\n").strip();
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST_INFORMATION) {
            throw new InvalidInput(
                    "text",
                    "must have at most " + LONGEST_INFORMATION + " characters, not " + length,
                    "Le texte a " + length + " caractères : il peut en avoir " + LONGEST_INFORMATION + " au plus.",
                    "The text has " + length + " characters: it can have " + LONGEST_INFORMATION + " at most.");
        }
        if (!text.codePoints().allMatch(PlaceReading::isText)) {
            throw new InvalidInput(
                    "text",
                    "must be plain text: letters, signs, spaces, tabs and line breaks",
                    "Le texte contient des caractères qui ne peuvent pas être conservés.",
                    "The text contains characters that cannot be stored.");
        }
        HiddenCharacters.fault(text).ifPresent(rule -> {
            throw new InvalidInput("text", rule);
        });
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Whether JSON, XML and the database can all hold it. */
    private static boolean isText(int character) {
        return character == '\n'
                || character == '\t'
                || !Character.isISOControl(character)
                        && Character.getType(character) != Character.SURROGATE
                        && (character & 0xFFFE) != 0xFFFE;
    }
}
