package fr.sas.hub.intake;

import static fr.sas.hub.intake.Addresses.blankToNull;

import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.rule.AgendaRule;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Whose a practitioner's Schedule is, and at which place: flows INT_R01 and INT_R04. */
final class PractitionerAgendas implements Agendas {

    private final References references;
    private final Set<Subject> asked;
    private final Map<PractitionerId, DirectoryPractitioner> known;
    private final Findings findings;

    PractitionerAgendas(
            References references,
            Set<Subject> asked,
            Map<PractitionerId, DirectoryPractitioner> known,
            Findings findings) {
        this.references = references;
        this.asked = asked;
        this.known = known;
        this.findings = findings;
    }

    @Override
    public WhoseAndWhere of(Schedule schedule, String path) throws BadEntry {
        PractitionerRole role = role(schedule);
        Practitioner practitioner = practitioner(schedule, role);
        List<PractitionerId> ids = ids(schedule, role, practitioner);
        if (ids.isEmpty()) {
            throw nobody(schedule, practitioner, path);
        }
        PractitionerId id = ids.stream()
                .filter(asked::contains)
                .findFirst()
                .orElseThrow(() -> new BadEntry(
                        AgendaRule.NOT_ASKED_FOR, "schedule", ids.getFirst().value()));
        DirectoryPractitioner entry = known.get(id);
        return new WhoseAndWhere(party(id, practitioner, entry), place(schedule, role, entry, path));
    }

    private @Nullable PractitionerRole role(Schedule schedule) throws BadEntry {
        for (Reference actor : schedule.getActor()) {
            PractitionerRole role = references.follow(actor, PractitionerRole.class);
            if (role != null) {
                Usable.check(role, "schedule");
                return role;
            }
            if (References.names(actor, "PractitionerRole")) {
                throw new BadEntry(AgendaRule.ORPHAN_ROLE, "schedule", actor.getReference());
            }
        }
        return null;
    }

    private @Nullable Practitioner practitioner(Schedule schedule, @Nullable PractitionerRole role) throws BadEntry {
        for (Reference actor : schedule.getActor()) {
            Practitioner practitioner = references.follow(actor, Practitioner.class);
            if (practitioner != null) {
                Usable.check(practitioner, "schedule");
                return practitioner;
            }
        }
        Practitioner practitioner = role == null ? null : references.follow(role.getPractitioner(), Practitioner.class);
        if (practitioner != null) {
            Usable.check(practitioner, "schedule");
        }
        return practitioner;
    }

    private static List<PractitionerId> ids(
            Schedule schedule, @Nullable PractitionerRole role, @Nullable Practitioner practitioner) {
        if (practitioner != null) {
            return NationalIds.ofPractitioner(practitioner.getIdentifier());
        }
        List<Identifier> logical = new ArrayList<>();
        for (Reference actor : schedule.getActor()) {
            if (actor.hasIdentifier() && !References.names(actor, "PractitionerRole")) {
                logical.add(actor.getIdentifier());
            }
        }
        if (role != null && role.getPractitioner().hasIdentifier()) {
            logical.add(role.getPractitioner().getIdentifier());
        }
        return NationalIds.ofPractitioner(logical);
    }

    private static BadEntry nobody(Schedule schedule, @Nullable Practitioner practitioner, String path) {
        if (practitioner != null) {
            return new BadEntry(
                    AgendaRule.NO_NATIONAL_ID,
                    "schedule",
                    "Practitioner/" + practitioner.getIdElement().getIdPart());
        }
        for (Reference actor : schedule.getActor()) {
            if (actor.hasReference() && !References.names(actor, "PractitionerRole")) {
                return new BadEntry(AgendaRule.ORPHAN_ACTOR, "schedule", actor.getReference());
            }
        }
        return new BadEntry(AgendaRule.ORPHAN_ACTOR, "schedule", path + " has no Practitioner as actor");
    }

    private static Party party(
            PractitionerId id, @Nullable Practitioner practitioner, @Nullable DirectoryPractitioner entry) {
        if (practitioner != null) {
            for (HumanName name : practitioner.getName()) {
                String family = blankToNull(name.getFamily());
                if (family != null) {
                    List<String> given = name.getGiven().stream()
                            .map(StringType::getValue)
                            .filter(text -> text != null && !text.isBlank())
                            .map(String::strip)
                            .toList();
                    return new Party(id, family, given);
                }
            }
        }
        return entry == null ? new Party(id, null, List.of()) : new Party(id, entry.family(), entry.given());
    }

    private PracticeLocation place(
            Schedule schedule, @Nullable PractitionerRole role, @Nullable DirectoryPractitioner entry, String path)
            throws BadEntry {
        Location location = location(schedule, role);
        Organization organization = role == null ? null : references.follow(role.getOrganization(), Organization.class);
        TreeSet<StructureId> ids = structures(role, organization, location);
        DirectoryPlace listed = entry == null ? null : listed(entry, ids);
        Address address = location != null && location.hasAddress()
                ? location.getAddress()
                : organization != null ? organization.getAddressFirstRep() : new Address();
        String postalCode = or(blankToNull(address.getPostalCode()), listed == null ? null : listed.postalCode());
        String line = or(Addresses.line(address), listed == null ? null : listed.line());
        String city = or(blankToNull(address.getCity()), listed == null ? null : listed.city());
        ZoneId zone = address.hasPostalCode() || listed == null ? PlaceZones.ofPostalCode(postalCode) : listed.zone();
        StructureId structure = listed != null && !listed.structures().isEmpty()
                ? listed.structures().getFirst()
                : ids.isEmpty() ? null : ids.first();
        String key = listed != null
                ? listed.id()
                : structure != null ? structure.value() : PlaceKeys.ofAddress(line, postalCode, city);
        if (key == null) {
            throw new BadEntry(AgendaRule.NO_PLACE, "schedule", path);
        }
        String phone = or(phone(role, location, zone, path), listed == null ? null : listed.phone());
        return new PracticeLocation(key, structure, null, null, line, postalCode, city, phone, zone, List.of());
    }

    private @Nullable Location location(Schedule schedule, @Nullable PractitionerRole role) throws BadEntry {
        List<Reference> named = new ArrayList<>(2);
        if (role != null) {
            named.addAll(role.getLocation());
        }
        for (Reference actor : schedule.getActor()) {
            if (References.names(actor, "Location") || actor.getResource() instanceof Location) {
                named.add(actor);
            }
        }
        for (Reference reference : named) {
            Location location = references.follow(reference, Location.class);
            if (location != null) {
                Usable.check(location, "schedule");
                return location;
            }
            if (reference.hasReference()) {
                throw new BadEntry(AgendaRule.ORPHAN_LOCATION, "schedule", reference.getReference());
            }
        }
        return null;
    }

    private static TreeSet<StructureId> structures(
            @Nullable PractitionerRole role, @Nullable Organization organization, @Nullable Location location) {
        TreeSet<StructureId> ids = new TreeSet<>();
        if (role != null && role.getOrganization().hasIdentifier()) {
            NationalIds.ofOrganization(List.of(role.getOrganization().getIdentifier()), ids);
        }
        if (organization != null) {
            NationalIds.ofOrganization(organization.getIdentifier(), ids);
        }
        if (location != null) {
            NationalIds.ofLocation(location.getIdentifier(), ids);
            if (location.getManagingOrganization().hasIdentifier()) {
                NationalIds.ofOrganization(
                        List.of(location.getManagingOrganization().getIdentifier()), ids);
            }
        }
        return ids;
    }

    private static @Nullable DirectoryPlace listed(DirectoryPractitioner entry, Set<StructureId> ids) {
        for (StructureId id : ids) {
            for (DirectoryPlace place : entry.places()) {
                if (place.structures().contains(id)) {
                    return place;
                }
            }
        }
        return null;
    }

    private @Nullable String phone(
            @Nullable PractitionerRole role, @Nullable Location location, ZoneId zone, String path) {
        List<ContactPoint> telecom = new ArrayList<>(2);
        if (role != null) {
            telecom.addAll(role.getTelecom());
        }
        if (location != null) {
            telecom.addAll(location.getTelecom());
        }
        return Addresses.phone(
                telecom, zone, () -> findings.add(AgendaRule.PHONE_LEFT_OUT, path + ".actor", null, null));
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }
}
