package fr.sas.hub.search.resource;

import static fr.sas.hub.fhir.FhirVocabulary.*;
import static fr.sas.hub.search.resource.FhirJson.*;

import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes each resource that the hub serves, as the guide's profiles define it (DOMAIN §4). Empty elements are never
 * written.
 */
public final class ResourceWriter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private ResourceWriter() {}

    /** @param communities those to reference: none if the answer does not contain them */
    public static byte[] slot(
            MergedSlot merged, PracticeLocation place, String scheduleId, String profile, List<Community> communities) {
        Slot slot = merged.slot();
        return resource("Slot", merged.id(), json -> {
            json.writeObjectFieldStart("meta");
            json.writeStringField("lastUpdated", FhirInstants.write(merged.changedAt(), PlaceZones.MAINLAND));
            json.writeStringField("source", merged.source().name());
            profile(json, profile);
            json.writeArrayFieldStart("security");
            for (Audience audience : Audience.values()) {
                if (slot.audiences().contains(audience)) {
                    coding(json, AUDIENCES, audience.code());
                }
            }
            json.writeEndArray();
            if (!merged.verified()) {
                json.writeArrayFieldStart("tag");
                coding(json, HUB_TAGS, UNVERIFIED);
                json.writeEndArray();
            }
            json.writeEndObject();
            extensions(json, merged);
            serviceTypes(json, slot, communities);
            specialties(json, slot);
            AppointmentType type = slot.appointmentType();
            if (type != null) {
                json.writeFieldName("appointmentType");
                concept(json, APPOINTMENT_TYPES, type.name());
            }
            reference(json, "schedule", "Schedule/" + scheduleId);
            json.writeStringField("status", "free");
            json.writeStringField("start", FhirInstants.write(slot.start(), place.zone()));
            json.writeStringField("end", FhirInstants.write(slot.end(), place.zone()));
            if (slot.bookingPage() != null) {
                json.writeStringField("comment", slot.bookingPage().toString());
            }
        });
    }

    private static void extensions(JsonGenerator json, MergedSlot merged) throws IOException {
        if (!merged.slot().forSeveral() && merged.others().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("extension");
        if (merged.slot().forSeveral()) {
            json.writeStartObject();
            json.writeStringField("url", SLOT_CAPACITY);
            json.writeNumberField("valueInteger", merged.slot().capacity());
            json.writeEndObject();
        }
        for (MergedSlot.Other other : merged.others()) {
            json.writeStartObject();
            json.writeStringField("url", OTHER_SOURCE);
            json.writeArrayFieldStart("extension");
            json.writeStartObject();
            json.writeStringField("url", "source");
            json.writeStringField("valueString", other.source().name());
            json.writeEndObject();
            if (other.bookingPage() != null) {
                json.writeStartObject();
                json.writeStringField("url", "bookingPage");
                json.writeStringField("valueUrl", other.bookingPage().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void serviceTypes(JsonGenerator json, Slot slot, List<Community> communities) throws IOException {
        if (slot.modes().isEmpty() && communities.isEmpty() && slot.reasons().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("serviceType");
        for (ConsultationMode mode : ConsultationMode.values()) {
            if (slot.modes().contains(mode)) {
                concept(json, CONSULTATION_MODES, mode.code());
            }
        }
        for (Community community : communities) {
            json.writeStartObject();
            json.writeArrayFieldStart("extension");
            json.writeStartObject();
            json.writeStringField("url", SERVICE_TYPE_REFERENCE);
            reference(json, "valueReference", "HealthcareService/" + LogicalIds.communityService(community));
            json.writeEndObject();
            json.writeEndArray();
            json.writeArrayFieldStart("coding");
            coding(json, STRUCTURE_CATEGORIES, CPTS_CATEGORY);
            json.writeEndArray();
            json.writeEndObject();
        }
        for (String reason : slot.reasons()) {
            json.writeStartObject();
            json.writeStringField("text", reason);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void specialties(JsonGenerator json, Slot slot) throws IOException {
        if (slot.specialties().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("specialty");
        for (Specialty specialty : slot.specialties()) {
            json.writeStartObject();
            if (specialty.code() != null) {
                json.writeArrayFieldStart("coding");
                coding(json, specialty.system() == null ? SPECIALTIES : specialty.system(), specialty.code());
                json.writeEndArray();
            }
            if (specialty.text() != null) {
                json.writeStringField("text", specialty.text());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * The instant of the last confirmation is left as {@link #UNKNOWN_SYNC}, to be filled in when the answer is
     * written.
     */
    public static byte[] schedule(String id, Source source, String profile, String... actors) {
        return resource("Schedule", id, json -> {
            json.writeObjectFieldStart("meta");
            json.writeArrayFieldStart("extension");
            json.writeStartObject();
            json.writeStringField("url", LAST_SOURCE_SYNC);
            json.writeStringField("valueDateTime", UNKNOWN_SYNC);
            json.writeEndObject();
            json.writeEndArray();
            json.writeStringField("source", source.name());
            profile(json, profile);
            json.writeEndObject();
            json.writeArrayFieldStart("actor");
            for (String actor : actors) {
                json.writeStartObject();
                json.writeStringField("reference", actor);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** As long as every other instant on the wire. */
    public static final String UNKNOWN_SYNC = "0001-01-01T00:00:00.000+00:00";

    public static byte[] practitioner(NamedSubject party) {
        return resource("Practitioner", LogicalIds.practitioner(party.id()), json -> {
            meta(json, PRACTITIONER);
            json.writeArrayFieldStart("identifier");
            identifier(
                    json,
                    IDENTIFIER_TYPES,
                    NATIONAL_PERSON,
                    PractitionerId.SYSTEM,
                    party.id().value());
            json.writeEndArray();
            if (party.family() != null || !party.given().isEmpty()) {
                json.writeArrayFieldStart("name");
                json.writeStartObject();
                if (party.family() != null) {
                    json.writeStringField("family", party.family());
                }
                if (!party.given().isEmpty()) {
                    json.writeArrayFieldStart("given");
                    for (String given : party.given()) {
                        json.writeString(given);
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
                json.writeEndArray();
            }
        });
    }

    /** @param information what a regulator should know about the place; null if none */
    public static byte[] practitionerRole(
            NamedSubject party, PracticeLocation place, @Nullable String information, Commitment commitment) {
        return resource("PractitionerRole", LogicalIds.role(party.id(), place), json -> {
            meta(json, PRACTITIONER_ROLE);
            json.writeArrayFieldStart("contained");
            json.writeStartObject();
            json.writeStringField("resourceType", "Location");
            json.writeStringField("id", "place");
            placeOfPractice(json, place, information);
            json.writeEndObject();
            json.writeEndArray();
            ParticipationExtension.write(json, commitment.at(place), commitment.structureToCall(place));
            reference(json, "practitioner", "Practitioner/" + LogicalIds.practitioner(party.id()));
            StructureId structure = place.structure();
            if (structure != null) {
                json.writeObjectFieldStart("organization");
                json.writeFieldName("identifier");
                identifier(json, IDENTIFIER_TYPES, NATIONAL_STRUCTURE, StructureId.SYSTEM, structure.value());
                json.writeEndObject();
            }
            json.writeArrayFieldStart("location");
            json.writeStartObject();
            json.writeStringField("reference", "#place");
            json.writeEndObject();
            json.writeEndArray();
            phone(json, place.phone());
        });
    }

    /** The Location contained in a PractitionerRole, as a resource of its own; its phone is the role's. */
    public static byte[] placeOfPractice(NamedSubject party, PracticeLocation place, @Nullable String information) {
        return resource("Location", LogicalIds.role(party.id(), place), json -> {
            placeOfPractice(json, place, information);
        });
    }

    /** The guide's profile requires a full address: a place with an incomplete one does not claim the profile. */
    private static void placeOfPractice(JsonGenerator json, PracticeLocation place, @Nullable String information)
            throws IOException {
        if (place.line() != null && place.postalCode() != null && place.city() != null) {
            meta(json, LOCATION);
        }
        ownIdentifier(json, place);
        if (information != null) {
            json.writeStringField("description", information);
        }
        address(json, place);
    }

    public static byte[] site(NamedSubject association, PracticeLocation site) {
        return resource("Location", LogicalIds.site(association.id(), site), json -> {
            meta(json, SOS_LOCATION);
            ownIdentifier(json, site);
            if (site.name() != null) {
                json.writeStringField("name", site.name());
            }
            phone(json, site.phone());
            address(json, site);
            reference(
                    json,
                    "managingOrganization",
                    "Organization/" + LogicalIds.organization(association.id().value()));
            hours(json, site);
        });
    }

    /** The source's identifier, else the hub's: the guide requires one. */
    static void ownIdentifier(JsonGenerator json, PracticeLocation place) throws IOException {
        String own = Objects.requireNonNullElse(place.localId(), PLACES + "|" + place.key());
        int bar = own.indexOf('|');
        json.writeArrayFieldStart("identifier");
        identifier(
                json,
                LOCATION_IDENTIFIER_TYPES,
                INTERNAL,
                bar > 0 ? own.substring(0, bar) : null,
                own.substring(bar + 1));
        json.writeEndArray();
    }

    private static void hours(JsonGenerator json, PracticeLocation site) throws IOException {
        if (site.hours().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("hoursOfOperation");
        for (OpeningHours hours : site.hours()) {
            json.writeStartObject();
            if (!hours.days().isEmpty()) {
                json.writeArrayFieldStart("daysOfWeek");
                for (var day : hours.days()) {
                    json.writeString(day.name().substring(0, 3).toLowerCase(Locale.ROOT));
                }
                json.writeEndArray();
            }
            if (hours.allDay()) {
                json.writeBooleanField("allDay", true);
            }
            if (hours.opens() != null) {
                json.writeStringField("openingTime", TIME.format(hours.opens()));
            }
            if (hours.closes() != null) {
                json.writeStringField("closingTime", TIME.format(hours.closes()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static byte[] association(NamedSubject association) {
        return organization(SOS_ORGANIZATION, association.id().value(), association.family(), null);
    }

    public static byte[] communityOrganization(Community community) {
        return organization(CPTS_ORGANIZATION, community.id().value(), community.name(), community.phone());
    }

    public static byte[] communityService(Community community) {
        return resource("HealthcareService", LogicalIds.communityService(community), json -> {
            meta(json, CPTS_SERVICE);
            reference(
                    json,
                    "providedBy",
                    "Organization/" + LogicalIds.organization(community.id().value()));
        });
    }

    /** A structure as the directory knows it, to be called for practitioners who participate through it. */
    public static byte[] structure(Facility structure) {
        return organization(profileOf(structure), structure.id().value(), structure.name(), structure.phone());
    }

    /** The guide identifies a CPTS by its FINESS and SOS Médecins by its SIRET; it has no profile for others. */
    private static String profileOf(Facility structure) {
        StructureId.Kind id = structure.id().kind();
        return switch (structure.kind()) {
            case CPTS -> id == StructureId.Kind.FINESS ? CPTS_ORGANIZATION : FR_ORGANIZATION;
            case SOS -> id == StructureId.Kind.SIRET ? SOS_ORGANIZATION : FR_ORGANIZATION;
            case PRACTICE, MSP, CDS -> FR_ORGANIZATION;
            case null -> FR_ORGANIZATION;
        };
    }

    private static byte[] organization(
            String profile, String nationalId, @Nullable String name, @Nullable String phone) {
        return resource("Organization", LogicalIds.organization(nationalId), json -> {
            meta(json, profile);
            json.writeArrayFieldStart("identifier");
            identifier(json, LOCATION_IDENTIFIER_TYPES, NATIONAL_STRUCTURE, StructureId.SYSTEM, nationalId);
            json.writeEndArray();
            if (name != null) {
                json.writeStringField("name", name);
            }
            phone(json, phone);
        });
    }
}
