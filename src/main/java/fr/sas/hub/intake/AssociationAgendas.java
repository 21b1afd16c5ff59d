package fr.sas.hub.intake;

import static fr.sas.hub.intake.Addresses.blankToNull;

import fr.sas.hub.directory.PlaceKeys;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.rule.AgendaRule;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.AssociationRule;
import fr.sas.hub.slot.OpeningHours;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.jspecify.annotations.Nullable;

/** Which SOS Médecins association a Schedule is of, and at which of its consultation sites. */
final class AssociationAgendas implements Agendas {

    private final References references;
    private final Set<Subject> asked;
    private final Findings findings;

    AssociationAgendas(References references, Set<Subject> asked, Findings findings) {
        this.references = references;
        this.asked = asked;
        this.findings = findings;
    }

    @Override
    public WhoseAndWhere of(Schedule schedule, String path) throws BadEntry {
        Location location = location(schedule, path);
        Reference manager = location.getManagingOrganization();
        Organization organization = references.follow(manager, Organization.class);
        TreeSet<StructureId> ids = new TreeSet<>();
        if (organization != null) {
            Usable.check(organization, "schedule");
            NationalIds.ofOrganization(organization.getIdentifier(), ids);
        }
        if (manager.hasIdentifier()) {
            NationalIds.ofOrganization(List.of(manager.getIdentifier()), ids);
        }
        if (organization == null && ids.isEmpty()) {
            throw new BadEntry(
                    AssociationRule.ORPHAN_ORGANIZATION,
                    "schedule",
                    manager.hasReference() ? manager.getReference() : "Location.managingOrganization is missing");
        }
        if (ids.isEmpty()) {
            throw new BadEntry(
                    AgendaRule.NO_NATIONAL_ID, "schedule", "the managing organization " + manager.getReference());
        }
        StructureId association = ids.stream()
                .filter(asked::contains)
                .findFirst()
                .orElseThrow(() -> new BadEntry(
                        AgendaRule.NOT_ASKED_FOR, "schedule", ids.first().value()));
        String name = organization == null ? null : blankToNull(organization.getName());
        return new WhoseAndWhere(new Party(association, name, List.of()), site(location, association, path));
    }

    private Location location(Schedule schedule, String path) throws BadEntry {
        for (Reference actor : schedule.getActor()) {
            Location location = references.follow(actor, Location.class);
            if (location != null) {
                Usable.check(location, "schedule");
                return location;
            }
            if (References.names(actor, "Location")) {
                throw new BadEntry(AgendaRule.ORPHAN_LOCATION, "schedule", actor.getReference());
            }
        }
        throw new BadEntry(AgendaRule.ORPHAN_ACTOR, "schedule", path + " has no Location as actor");
    }

    private PracticeLocation site(Location location, StructureId association, String path) throws BadEntry {
        Address address = location.getAddress();
        String postalCode = blankToNull(address.getPostalCode());
        String line = Addresses.line(address);
        String city = blankToNull(address.getCity());
        ZoneId zone = PlaceZones.ofPostalCode(postalCode);
        String localId = localId(location);
        String key = localId != null
                ? "site-" + PlaceKeys.digest(localId)
                : PlaceKeys.ofAddress(line, postalCode, Objects.requireNonNullElse(city, ""));
        if (key == null) {
            throw new BadEntry(AgendaRule.NO_PLACE, "schedule", path);
        }
        String phone = Addresses.phone(
                location.getTelecom(),
                zone,
                () -> findings.add(AgendaRule.PHONE_LEFT_OUT, path + ".actor", null, null));
        return new PracticeLocation(
                key,
                association,
                blankToNull(location.getName()),
                localId,
                line,
                postalCode,
                city,
                phone,
                zone,
                hours(location, path));
    }

    /** The vendor's own identifier of the site, as {@code system|value}; the Location's id when it sends none. */
    private static @Nullable String localId(Location location) {
        for (Identifier identifier : location.getIdentifier()) {
            if (identifier.hasValue()
                    && !FhirVocabulary.STRUCTURE_IDS.equals(identifier.getSystem())
                    && !NationalIds.isOfType(identifier, FhirVocabulary.NATIONAL_STRUCTURE)) {
                return Objects.requireNonNullElse(identifier.getSystem(), "") + "|" + identifier.getValue();
            }
        }
        String id = location.getIdElement().getIdPart();
        return id == null ? null : "|" + id;
    }

    private List<OpeningHours> hours(Location location, String path) {
        List<OpeningHours> hours =
                new ArrayList<>(location.getHoursOfOperation().size());
        for (var span : location.getHoursOfOperation()) {
            List<DayOfWeek> days = new ArrayList<>(7);
            for (var day : span.getDaysOfWeek()) {
                if (day.getValue() != null) {
                    days.add(DayOfWeek.of(day.getValue().ordinal() + 1));
                }
            }
            try {
                LocalTime opens = span.hasOpeningTime() ? LocalTime.parse(span.getOpeningTime()) : null;
                LocalTime closes = span.hasClosingTime() ? LocalTime.parse(span.getClosingTime()) : null;
                if (span.getAllDay() || (opens != null && closes != null)) {
                    hours.add(new OpeningHours(days, span.getAllDay(), opens, closes));
                }
            } catch (DateTimeParseException e) {
                findings.add(AnswerRule.VALUE_LEFT_OUT, path + ".actor", "hoursOfOperation", null);
            }
        }
        return hours;
    }
}
