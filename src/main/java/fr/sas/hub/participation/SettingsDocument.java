package fr.sas.hub.participation;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they are written on the wire and in the database (DESIGN §5). What is left out has its default.
 *
 * @param vendorSlotsHidden refuses to display vendors' slots; hand-entered ones are shown
 * @param participates agrees to be called for patients beyond the published slots
 * @param participatesThrough practice, cpts, msp or sos; needed by who participates
 * @param structure national id of the CPTS, MSP or SOS association; needed with those
 * @param practiceLocations ids of directory places; at least one with a CPTS
 * @param usesBookingSoftware must be answered by who participates, except through SOS Médecins
 * @param vendors ids of the vendors whose software is used
 * @param declaresTwoHours two hours of visibility a week, declared on honour
 * @param emergencyReorientation takes patients whom emergency departments reorient
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
        @Nullable Boolean emergencyReorientation) {

    static SettingsDocument of(Settings settings) {
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
                settings.emergencyReorientation());
    }

    /** Reads every field, or tells all of those that cannot be read. */
    Settings toSettings() {
        List<InvalidInput.Fault> faults = new ArrayList<>();
        Settings.Through through = null;
        if (participatesThrough != null) {
            try {
                through = Settings.Through.valueOf(participatesThrough.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                faults.add(new InvalidInput.Fault(
                        "participatesThrough",
                        "is one of practice, cpts, msp, sos",
                        "est une valeur parmi practice, cpts, msp, sos"));
            }
        }
        StructureId named = StructureId.parse(structure).orElse(null);
        if (structure != null && named == null) {
            faults.add(new InvalidInput.Fault(
                    "structure",
                    "is a national structure identifier: FINESS, SIRET or rang",
                    "est un identifiant national de structure : FINESS, SIRET ou rang"));
        }
        Set<Source> sources = new TreeSet<>();
        for (String vendor : vendors == null ? Set.<String>of() : vendors) {
            try {
                sources.add(new Source(vendor));
            } catch (IllegalArgumentException e) {
                faults.add(new InvalidInput.Fault(
                        "vendors",
                        "is not the id of a vendor: " + vendor,
                        "n'est pas l'identifiant d'un éditeur : " + vendor));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new Settings(
                Boolean.TRUE.equals(vendorSlotsHidden),
                Boolean.TRUE.equals(participates),
                through,
                named,
                practiceLocations == null ? Set.of() : practiceLocations,
                usesBookingSoftware,
                sources,
                Boolean.TRUE.equals(declaresTwoHours),
                Boolean.TRUE.equals(emergencyReorientation));
    }
}
