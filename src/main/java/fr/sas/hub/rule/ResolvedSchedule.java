package fr.sas.hub.rule;

import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.fhir.FhirPeriod;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.ZoneId;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a Schedule leads: its owner and place. A null component is absent or could not be found; whether that costs the
 * slots is decided by their fate.
 *
 * @param practitioner the Schedule's owner; null for a site, and where only an identifier is given
 * @param place the Location; for SOS Médecins the consultation site
 * @param organization of the place or of the role
 * @param subject the owner of the slots: a requested subject, if there is one
 * @param structures national identifiers of the place, preferred first
 * @param address of the place, else of its organization, as given in the answer
 * @param listed the place as the directory knows it
 * @param zone the place's time zone
 * @param during outside this period there are no consultations
 */
public record ResolvedSchedule(
        LocatedResource schedule,
        @Nullable LocatedResource role,
        @Nullable LocatedResource practitioner,
        @Nullable LocatedResource place,
        @Nullable LocatedResource organization,
        @Nullable Subject subject,
        SortedSet<StructureId> structures,
        PostalAddress address,
        @Nullable DirectoryPlace listed,
        ZoneId zone,
        FhirPeriod during) {}
