package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the parameters that operators put into addresses. */
final class ConsoleParameters {

    private ConsoleParameters() {}

    /** Such as {@code 2026-06-12T16:40:00+02:00}; a plus sign decoded as a space is accepted. */
    static Instant instant(String parameter, String text) {
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInput(
                    parameter,
                    "must be an instant with an offset, such as 2026-06-12T16:40:00+02:00, not " + text,
                    "Indiquez une date et une heure avec leur décalage, par exemple 2026-06-12T16:40:00+02:00.");
        }
    }

    /**
     * Interprets a browser's {@code datetime-local} value in the time zone of mainland France; leaves other strings
     * unchanged.
     */
    static String onTheMainland(String text) {
        try {
            return LocalDateTime.parse(text)
                    .atZone(PlaceZones.MAINLAND)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }

    static @Nullable Instant instantOrNull(String parameter, @Nullable String text) {
        return text == null || text.isBlank() ? null : instant(parameter, text);
    }

    /** A practitioner or a structure, with or without prefix. */
    static Subject subject(String text) {
        return PractitionerId.parse(text)
                .map(Subject.class::cast)
                .or(() -> StructureId.parse(text).map(Subject.class::cast))
                .orElseThrow(
                        () -> new NotFound(
                                "Nobody has the identifier " + text + ": neither RPPS, ADELI, FINESS nor SIRET",
                                "Personne ne porte cet identifiant : ce n'est ni un RPPS, ni un ADELI, ni un FINESS, ni un SIRET."));
    }

    static Optional<Source> source(String name) {
        return name.matches("[a-z0-9][a-z0-9-]{0,62}") ? Optional.of(new Source(name)) : Optional.empty();
    }

    static NotFound noVendor(String name) {
        return new NotFound(new Wording("There is no vendor " + name, "Cet éditeur n'existe pas."));
    }
}
