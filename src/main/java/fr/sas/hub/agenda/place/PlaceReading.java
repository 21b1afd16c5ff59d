package fr.sas.hub.agenda.place;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.agenda.entry.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what somebody said of a place, and says everything that is wrong with it, field by field. */
public final class PlaceReading {

    private static final int MOST_PERIODS = 3;
    private static final int YEARS_AHEAD = 2;
    private static final int LONGEST_INFORMATION = 1_000;

    private final List<InvalidInput.Fault> faults = new ArrayList<>();
    private final LocalDate today;

    private PlaceReading(LocalDate today) {
        this.today = today;
    }

    /** Somebody who is already away until further notice stays so since then. */
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
            LocalDate from = Days.read(field + ".from", document == null ? null : document.from(), faults::add);
            LocalDate to = Days.read(field + ".to", document == null ? null : document.to(), faults::add);
            if (from == null || to == null) {
                continue;
            }
            if (to.isBefore(from)) {
                fault(field + ".to", "is not before from", "La date de fin ne peut pas être avant la date de début.");
            } else if (to.isBefore(today)) {
                fault(field + ".to", "is past", "Cette période est déjà passée.");
            } else if (to.isAfter(today.plusYears(YEARS_AHEAD))) {
                fault(
                        field + ".to",
                        "is more than " + YEARS_AHEAD + " years ahead",
                        "La date de fin est dans plus de " + YEARS_AHEAD + " ans.");
            } else {
                periods.add(new Unavailability.Period(from, to));
            }
        }
        if (documents != null && documents.size() > MOST_PERIODS) {
            fault(
                    "periods",
                    "are at most " + MOST_PERIODS + ", these are " + documents.size(),
                    "Vous pouvez saisir jusqu'à " + MOST_PERIODS + " indisponibilités programmées.");
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return periods;
    }

    private void fault(String field, String english, String french) {
        faults.add(new InvalidInput.Fault(field, english, french));
    }

    /** Empty when there is nothing to know. */
    public static Optional<String> information(InformationDocument document) {
        String text = document.text() == null
                ? ""
                : document.text().replace("\r\n", "\n").strip();
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST_INFORMATION) {
            throw new InvalidInput(
                    "text",
                    "has at most " + LONGEST_INFORMATION + " characters, this one has " + length,
                    "Le texte a " + length + " caractères : il peut en avoir " + LONGEST_INFORMATION + " au plus.");
        }
        if (!text.codePoints().allMatch(PlaceReading::isText)) {
            throw new InvalidInput(
                    "text",
                    "is plain text: letters, signs, spaces, tabs and new lines",
                    "Le texte contient des caractères qui ne peuvent pas être conservés.");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** What JSON, XML and the database all carry. */
    private static boolean isText(int character) {
        return character == '\n'
                || character == '\t'
                || !Character.isISOControl(character)
                        && Character.getType(character) != Character.SURROGATE
                        && (character & 0xFFFE) != 0xFFFE;
    }
}
