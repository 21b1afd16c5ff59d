package fr.sas.hub.search;

import static fr.sas.hub.fhir.FhirVocabulary.CPTS_SLOT;
import static fr.sas.hub.fhir.FhirVocabulary.SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SLOT;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SCHEDULE;
import static fr.sas.hub.fhir.FhirVocabulary.SOS_SLOT;

import fr.sas.hub.index.Availability;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.search.SearchQuery.Include;
import fr.sas.hub.search.resource.CentreWriter;
import fr.sas.hub.search.resource.LogicalIds;
import fr.sas.hub.search.resource.ResourceWriter;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The resources in which a subject's slots are represented. */
enum ResourceShape {
    /** INT_R01: the actors of a Schedule are the Practitioner and the PractitionerRole of a place. */
    PRACTITIONER,
    /**
     * Also in answers to INT_R01: the actor of a Schedule is the Location of the centre, managed by its Organization
     * (docs/decisions/0013).
     */
    CENTRE,
    /** The same for SOS Médecins, in a search that matches Schedules. */
    ASSOCIATION;

    static ResourceShape of(Availability availability) {
        return switch (availability.subject()) {
            case PractitionerId id -> PRACTITIONER;
            case StructureId id -> availability.isCentre() ? CENTRE : ASSOCIATION;
        };
    }

    /** @param forCommunities whether it is for answers to INT_R04, which include the communities it belongs to */
    BundleEntry slot(MergedSlot slot, PracticeLocation place, String schedule, boolean forCommunities) {
        return switch (this) {
            case PRACTITIONER, CENTRE ->
                BundleEntry.matched(
                        "Slot",
                        slot.id(),
                        forCommunities
                                ? ResourceWriter.slot(
                                        slot,
                                        place,
                                        schedule,
                                        CPTS_SLOT,
                                        slot.slot().communities())
                                : ResourceWriter.slot(slot, place, schedule, SLOT, List.of()));
            case ASSOCIATION ->
                BundleEntry.included(
                        "Slot", slot.id(), ResourceWriter.slot(slot, place, schedule, SOS_SLOT, List.of()));
        };
    }

    BundleEntry schedule(String id, NamedSubject who, PracticeLocation place, Source source) {
        return switch (this) {
            case PRACTITIONER ->
                BundleEntry.included(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(
                                id,
                                source,
                                SCHEDULE,
                                "Practitioner/" + LogicalIds.practitioner(who.id()),
                                "PractitionerRole/" + LogicalIds.role(who.id(), place)));
            case CENTRE ->
                BundleEntry.included(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(id, source, SCHEDULE, "Location/" + LogicalIds.site(who.id(), place)));
            case ASSOCIATION ->
                BundleEntry.matched(
                        "Schedule",
                        id,
                        ResourceWriter.schedule(
                                id, source, SOS_SCHEDULE, "Location/" + LogicalIds.site(who.id(), place)));
        };
    }

    BundleEntry place(NamedSubject who, PracticeLocation place, Availability known) {
        String information = known.information().get(place.key());
        return switch (this) {
            case PRACTITIONER ->
                BundleEntry.included(
                        "PractitionerRole",
                        LogicalIds.role(who.id(), place),
                        ResourceWriter.practitionerRole(who, place, information, known.commitment()));
            case CENTRE ->
                BundleEntry.included(
                        "Location",
                        LogicalIds.site(who.id(), place),
                        CentreWriter.location(who, place, information, known.commitment()));
            case ASSOCIATION ->
                BundleEntry.included("Location", LogicalIds.site(who.id(), place), ResourceWriter.site(who, place));
        };
    }

    BundleEntry party(NamedSubject who, Availability known) {
        String id = who.id().value();
        return switch (this) {
            case PRACTITIONER ->
                BundleEntry.included(
                        "Practitioner", LogicalIds.practitioner(who.id()), ResourceWriter.practitioner(who));
            case CENTRE ->
                BundleEntry.included(
                        "Organization", LogicalIds.organization(id), CentreWriter.organization(who, phoneOf(known)));
            case ASSOCIATION ->
                BundleEntry.included("Organization", LogicalIds.organization(id), ResourceWriter.association(who));
        };
    }

    private static @Nullable String phoneOf(Availability centre) {
        return centre.places().values().stream()
                .map(PracticeLocation::phone)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The {@code _include} that adds a place to an answer. */
    Include placeIncludedBy() {
        return switch (this) {
            case PRACTITIONER -> Include.ROLE;
            case CENTRE, ASSOCIATION -> Include.LOCATION;
        };
    }

    /** The {@code _include} that adds the party to an answer. */
    Include partyIncludedBy() {
        return switch (this) {
            case PRACTITIONER -> Include.PRACTITIONER;
            case CENTRE, ASSOCIATION -> Include.MANAGING_ORGANIZATION;
        };
    }
}
