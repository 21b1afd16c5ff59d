package fr.sas.hub.directory;

import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.InvalidInput.Fault;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A facility on the wire. */
@Schema(name = "Facility")
record FacilityDocument(
        @Schema(description = "the id it is stored under; ignored in a body", accessMode = Schema.AccessMode.READ_ONLY)
        @Nullable
        String nationalId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(allowableValues = {"practice", "cpts", "msp", "cds", "sos"}) @Nullable
        String kind,

        @Schema(description = "in any unambiguous format; stored as +33…") @Nullable
        String phone,

        @Nullable String line,
        @Nullable String postalCode,
        @Nullable String city) {

    static final Fault KIND = new Fault(
            "kind",
            "One of practice, cpts, msp, cds, sos",
            "Choisissez cabinet, CPTS, MSP, centre de santé ou association SOS Médecins.");

    static FacilityDocument of(Facility facility) {
        Facility.Kind kind = facility.kind();
        return new FacilityDocument(
                facility.id().value(),
                facility.name(),
                kind == null ? null : kind.code(),
                facility.phone(),
                facility.line(),
                facility.postalCode(),
                facility.city());
    }

    /** @throws InvalidInput naming every faulty field */
    Facility toFacility(StructureId id) {
        List<Fault> faults = new ArrayList<>();
        if (name == null || name.isBlank()) {
            faults.add(new Fault("name", "A facility must have a name", "Indiquez le nom de la structure."));
        }
        HiddenCharacters.check("name", name, faults::add);
        HiddenCharacters.check("line", line, faults::add);
        HiddenCharacters.check("city", city, faults::add);
        Facility.Kind known = Facility.Kind.named(kind).orElse(null);
        if (known == null) {
            faults.add(KIND);
        }
        String certain =
                Phones.normalise(phone, PlaceZones.ofPostalCode(postalCode)).orElse(null);
        if (phone != null && certain == null) {
            faults.add(new Fault(
                    "phone",
                    "Not clearly a phone number; write +33 and nine digits",
                    "Ce n'est pas avec certitude un numéro de téléphone ; écrivez +33 et neuf chiffres."));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new Facility(id, name, known, certain, line, postalCode, city);
    }
}
