package fr.sas.hub.intake;

import org.hl7.fhir.r4.model.Schedule;

/** Reads whose a Schedule is and where: practitioners' and SOS associations' differ. */
sealed interface Agendas permits PractitionerAgendas, AssociationAgendas {

    /** @param path of the Schedule, for findings that are about it; what is thrown is about the Slot that refers to it */
    WhoseAndWhere of(Schedule schedule, String path) throws BadEntry;
}
