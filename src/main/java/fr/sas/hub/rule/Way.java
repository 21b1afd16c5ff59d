package fr.sas.hub.rule;

import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.fhir.FhirPeriod;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.ZoneId;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a Schedule leads: whose it is, and where. What is null is not there, or not to be found; whether that costs the
 * slots, their fate says.
 *
 * @param practitioner whose agenda it is; null for a site, and where only an identifier says so
 * @param place the Location; of SOS Médecins the consultation site
 * @param organization of the place or of the role
 * @param subject whose slots they are: somebody asked for, where somebody was
 * @param structures national identifiers that say where, preferred first
 * @param address of the place, or else of its organization, as the answer tells it
 * @param listed the place as the directory knows it
 * @param zone of the place's clock
 * @param during nobody is there before or after it
 */
public record Way(
        Item schedule,
        @Nullable Item role,
        @Nullable Item practitioner,
        @Nullable Item place,
        @Nullable Item organization,
        @Nullable Subject subject,
        SortedSet<StructureId> structures,
        PostalAddress address,
        @Nullable DirectoryPlace listed,
        ZoneId zone,
        FhirPeriod during) {}
