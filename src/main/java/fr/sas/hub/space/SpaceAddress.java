package fr.sas.hub.space;

import fr.sas.hub.access.Person;
import fr.sas.hub.account.Visitor;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;

/** The addresses of the pages about a person or facility. */
final class SpaceAddress {

    private SpaceAddress() {}

    static String of(Subject subject) {
        return switch (subject) {
            case PractitionerId id -> "/espace/effecteurs/" + id.value();
            case StructureId id -> "/espace/structures/" + id.value();
        };
    }

    /** Where visitors find the dashboard of a subject: their own is where they arrive. */
    static String dashboard(Visitor visitor, Subject subject) {
        Person acting = visitor.acting();
        boolean own = acting != null
                && acting.kind() == Person.Kind.PRACTITIONER
                && acting.id().equals(subject.value());
        return own ? "/espace" : of(subject);
    }

    static String agendaOf(Subject subject) {
        return of(subject) + "/agenda";
    }
}
