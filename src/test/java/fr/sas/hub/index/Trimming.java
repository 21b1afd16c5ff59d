package fr.sas.hub.index;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.List;

/** What search leaves of a slot, for tests of other rooms. */
public final class Trimming {

    private Trimming() {}

    /** @param absences at the place of the slot */
    public static List<Slot> left(Slot slot, PracticeLocation place, List<Absence> absences, Instant now) {
        PlaceNotice notice = new PlaceNotice(place.key(), place.structure(), absences, null);
        return AbsenceFilter.of(List.of(notice), List.of(place), now)
                .trim(List.of(new IndexReader.SlotRow(Source.AGENDA, slot, now)))
                .stream()
                .map(IndexReader.SlotRow::slot)
                .toList();
    }
}
