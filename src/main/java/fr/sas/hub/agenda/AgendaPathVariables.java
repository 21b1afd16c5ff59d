package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.agenda.entry.DayParser;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an address. */
public final class AgendaPathVariables {

    private AgendaPathVariables() {}

    static PractitionerId practitioner(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(() -> new NotFound("There is no practitioner " + text, "Ce professionnel n'existe pas."));
    }

    static String agendaOf(Subject owner) {
        return switch (owner) {
            case PractitionerId id -> "/api/v1/practitioners/" + id + "/agenda";
            case StructureId id -> "/api/v1/facilities/" + id + "/agenda";
        };
    }

    static UUID entry(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no entry " + text, "Cette disponibilité n'existe pas.");
        }
    }

    /** Null if not given. */
    static @Nullable LocalDate day(String parameter, @Nullable String text) {
        return text == null ? null : requiredDay(parameter, text);
    }

    public static LocalDate requiredDay(String parameter, @Nullable String text) {
        List<InvalidInput.Fault> faults = new ArrayList<>(1);
        LocalDate day = DayParser.read(parameter, text, faults::add);
        if (day == null) {
            throw new InvalidInput(faults);
        }
        return day;
    }
}
