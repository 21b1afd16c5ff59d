package fr.sas.hub.agenda;

import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.slot.PracticeLocation;
import java.util.List;

/** A place of practice of the directory, as slots show it. */
final class Places {

    private Places() {}

    static PracticeLocation shown(DirectoryPlace place) {
        return new PracticeLocation(
                place.id(),
                place.structures().isEmpty() ? null : place.structures().getFirst(),
                null,
                null,
                place.line(),
                place.postalCode(),
                place.city(),
                place.phone(),
                place.zone(),
                List.of());
    }
}
