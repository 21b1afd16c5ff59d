package fr.sas.hub.space;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;

/** Where the pages about somebody stand. */
final class SpaceAddress {

    private SpaceAddress() {}

    static String of(Subject subject) {
        return switch (subject) {
            case PractitionerId id -> "/espace/effecteurs/" + id.value();
            case StructureId id -> "/espace/structures/" + id.value();
        };
    }

    static String agendaOf(Subject subject) {
        return of(subject) + "/agenda";
    }
}
