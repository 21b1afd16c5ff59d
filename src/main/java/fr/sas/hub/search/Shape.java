package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SLOT;

import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.search.SearchQuery.Include;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;

/** In which resources a subject's slots are told. */
enum Shape {
    /** INT_R01: the actors of a Schedule are the Practitioner and the PractitionerRole of a place. */
    PRACTITIONER,
    /**
     * In answers to INT_R01 too: the actor of a Schedule is the Location of the centre, which its Organization manages
     * (docs/decisions/0013).
     */
    CENTRE,
    /** The same of SOS Médecins, in a search that matches Schedules. */
    ASSOCIATION;

    static Shape of(Availability availability) {
        return switch (availability.subject()) {
            case PractitionerId id -> PRACTITIONER;
            case StructureId id -> availability.isCentre() ? CENTRE : ASSOCIATION;
        };
    }

    Entry slot(MergedSlot slot, PracticeLocation place, String schedule) {
        return switch (this) {
            case PRACTITIONER, CENTRE ->
                Entry.matched(
                        "Slot", slot.id(), ResourceWriter.slot(slot, place, schedule, ResourceWriter.profileOf(slot)));
            case ASSOCIATION -> Entry.included("Slot", slot.id(), ResourceWriter.slot(slot, place, schedule, SOS_SLOT));
        };
    }

    Entry schedule(String id, Party who, PracticeLocation place, Source source) {
        return switch (this) {
            case PRACTITIONER ->
                Entry.included(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(
                                id,
                                source,
                                SCHEDULE,
                                "Practitioner/" + Ids.practitioner(who.id()),
                                "PractitionerRole/" + Ids.role(who.id(), place)));
            case CENTRE ->
                Entry.included(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(id, source, SCHEDULE, "Location/" + Ids.site(who.id(), place)));
            case ASSOCIATION ->
                Entry.matched(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(id, source, SOS_SCHEDULE, "Location/" + Ids.site(who.id(), place)));
        };
    }

    Entry place(Party who, PracticeLocation place, Availability known) {
        String information = known.information().get(place.key());
        return switch (this) {
            case PRACTITIONER ->
                Entry.included(
                        "PractitionerRole",
                        Ids.role(who.id(), place),
                        ResourceWriter.practitionerRole(
                                who, place, information, known.commitment().at(place)));
            case CENTRE ->
                Entry.included(
                        "Location",
                        Ids.site(who.id(), place),
                        CentreWriter.location(
                                who, place, information, known.commitment().at(place)));
            case ASSOCIATION -> Entry.included("Location", Ids.site(who.id(), place), ResourceWriter.site(who, place));
        };
    }

    Entry party(Party who) {
        String id = who.id().value();
        return switch (this) {
            case PRACTITIONER ->
                Entry.included("Practitioner", Ids.practitioner(who.id()), ResourceWriter.practitioner(who));
            case CENTRE -> Entry.included("Organization", Ids.organization(id), CentreWriter.organization(who));
            case ASSOCIATION -> Entry.included("Organization", Ids.organization(id), ResourceWriter.association(who));
        };
    }

    /** What brings the party into an answer. */
    Include partyIncludedBy() {
        return switch (this) {
            case PRACTITIONER -> Include.ACTOR;
            case CENTRE, ASSOCIATION -> Include.MANAGING_ORGANIZATION;
        };
    }
}
