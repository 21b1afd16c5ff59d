package fr.sas.hub.agenda;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;

/**
 * What somebody typed, checked: a slot for one patient, or a range for several, in the place's local time.
 *
 * @param place as it was when it was typed; its zone is the zone of the times
 * @param end not after {@code start} means the next day
 * @param patients how many can be sent
 */
record Draft(
        PracticeLocation place,
        Kind kind,
        LocalDate date,
        LocalTime start,
        LocalTime end,
        int patients,
        Set<ConsultationMode> modes,
        Set<Audience> audiences) {

    enum Kind {
        SLOT,
        RANGE
    }

    Draft {
        modes = Set.copyOf(modes);
        audiences = Set.copyOf(audiences);
    }

    Occurrence occurrence() {
        return Occurrence.of(date, start, end, place.zone());
    }
}
