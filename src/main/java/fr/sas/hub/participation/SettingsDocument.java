package fr.sas.hub.participation;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings as represented on the wire and in the database (DESIGN §5). Omitted fields have their defaults.
 *
 * @param vendorSlotsHidden vendors' slots must not be shown; those entered by hand are
 * @param participates agrees to be called for patients beyond the published slots
 * @param participatesThrough practice, cpts, msp or sos; required when the practitioner participates
 * @param structure national id of the CPTS, MSP or SOS association; required with those
 * @param practiceLocations ids of directory places: with a CPTS, the participation counts only there; empty for all
 * @param usesBookingSoftware required when the practitioner participates, except through SOS Médecins
 * @param vendors ids of the vendors whose software is used
 * @param declaresTwoHours two hours of visibility a week, declared on honour
 * @param emergencyReorientation accepts patients reoriented by emergency departments
 * @param changedAt read-only: when they were last changed; null if never saved, and in the database
 * @param changedBy read-only: the client, and the person on whose behalf it wrote
 */
record SettingsDocument(
        @Nullable Boolean vendorSlotsHidden,
        @Nullable Boolean participates,
        @Nullable String participatesThrough,
        @Nullable String structure,
        @Nullable Set<String> practiceLocations,
        @Nullable Boolean usesBookingSoftware,
        @Nullable Set<String> vendors,
        @Nullable Boolean declaresTwoHours,
        @Nullable Boolean emergencyReorientation,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    /** As stored in the database. */
    static SettingsDocument of(Settings settings) {
        return of(settings, null);
    }

    static SettingsDocument of(Settings settings, @Nullable SettingsChange changed) {
        Settings.Through through = settings.participatesThrough();
        StructureId structure = settings.structure();
        Set<String> vendors = new TreeSet<>();
        settings.vendors().forEach(vendor -> vendors.add(vendor.name()));
        return new SettingsDocument(
                settings.vendorSlotsHidden(),
                settings.participates(),
                through == null ? null : through.name().toLowerCase(Locale.ROOT),
                structure == null ? null : structure.value(),
                new TreeSet<>(settings.practiceLocations()),
                settings.usesBookingSoftware(),
                vendors,
                settings.declaresTwoHours(),
                settings.emergencyReorientation(),
                changed == null ? null : changed.at(),
                changed == null ? null : changed.by());
    }

    /** Parses every field, or reports all those that cannot be parsed. */
    Settings toSettings() {
        List<InvalidInput.Fault> faults = new ArrayList<>();
        Settings.Through through = null;
        if (participatesThrough != null) {
            try {
                through = Settings.Through.valueOf(participatesThrough.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                faults.add(
                        new InvalidInput.Fault(
                                "participatesThrough",
                                "must be one of practice, cpts, msp, sos",
                                "Choisissez à titre individuel, via votre CPTS, via votre MSP ou via votre association SOS Médecins."));
            }
        }
        StructureId named = StructureId.parse(structure).orElse(null);
        if (structure != null && named == null) {
            faults.add(new InvalidInput.Fault(
                    "structure",
                    "must be a national structure identifier: FINESS, SIRET or rang",
                    "Ce n'est pas l'identifiant national d'une structure : numéro FINESS, SIRET ou de rang."));
        }
        Set<Source> sources = new TreeSet<>();
        for (String vendor : vendors == null ? Set.<String>of() : vendors) {
            Source.parse(vendor)
                    .ifPresentOrElse(
                            sources::add,
                            () -> faults.add(new InvalidInput.Fault(
                                    "vendors",
                                    "is not the id of a vendor: " + vendor,
                                    "Ce logiciel de gestion de rendez-vous n'est pas dans la liste.")));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return Settings.builder()
                .vendorSlotsHidden(Boolean.TRUE.equals(vendorSlotsHidden))
                .participates(Boolean.TRUE.equals(participates))
                .participatesThrough(through)
                .structure(named)
                .practiceLocations(practiceLocations == null ? Set.of() : practiceLocations)
                .usesBookingSoftware(usesBookingSoftware)
                .vendors(sources)
                .declaresTwoHours(Boolean.TRUE.equals(declaresTwoHours))
                .emergencyReorientation(Boolean.TRUE.equals(emergencyReorientation))
                .build();
    }
}
