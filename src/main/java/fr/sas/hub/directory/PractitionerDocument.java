package fr.sas.hub.directory;

import fr.sas.hub.access.HiddenCharacters;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.InvalidInput.Fault;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A practitioner on the wire. */
@Schema(name = "Practitioner")
record PractitionerDocument(
        @Schema(
                description = "national id; taken from the path, ignored in a body",
                accessMode = Schema.AccessMode.READ_ONLY)
        @Nullable
        String nationalId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String family,

        @Nullable List<String> given,

        @Schema(description = "Profession code of the national extraction; 10 is a physician") @Nullable
        String profession,

        @Schema(description = "Codes of TRE_R38, such as SM54") @Nullable
        List<String> specialties,

        @Nullable List<PlaceDocument> places) {

    /** A place of practice on the wire. */
    @Schema(name = "PracticePlace")
    record PlaceDocument(
            @Schema(
                    description = "assigned by the hub when it first learns of the place, and kept; ignored in a body",
                    accessMode = Schema.AccessMode.READ_ONLY)
            @Nullable
            String id,

            @Schema(description = "national ids of the structure, with prefix: FINESS, SIRET, rang") @Nullable
            List<String> structures,

            @Nullable String name,
            @Nullable String line,
            @Nullable String postalCode,
            @Nullable String city,

            @Schema(description = "in any unambiguous format; stored as +33…") @Nullable
            String phone,

            @Schema(description = "derived from the postal code", accessMode = Schema.AccessMode.READ_ONLY) @Nullable
            String zone) {}

    static PractitionerDocument of(DirectoryPractitioner practitioner) {
        return new PractitionerDocument(
                practitioner.id().value(),
                practitioner.family(),
                practitioner.given(),
                practitioner.profession(),
                practitioner.specialties(),
                practitioner.places().stream()
                        .map(place -> new PlaceDocument(
                                place.id(),
                                place.structures().stream()
                                        .map(StructureId::value)
                                        .toList(),
                                place.name(),
                                place.line(),
                                place.postalCode(),
                                place.city(),
                                place.phone(),
                                place.zone().getId()))
                        .toList());
    }

    /** @throws InvalidInput naming every faulty field */
    DirectoryPractitioner toPractitioner(PractitionerId id) {
        List<Fault> faults = new ArrayList<>();
        if (family == null || family.isBlank()) {
            faults.add(new Fault("family", "A practitioner must have a family name", "Indiquez le nom de famille."));
        }
        HiddenCharacters.check("family", family, faults::add);
        List<String> names = Objects.requireNonNullElse(given, List.of());
        for (int i = 0; i < names.size(); i++) {
            HiddenCharacters.check("given[" + i + "]", names.get(i), faults::add);
        }
        List<DirectoryPlace> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<PlaceDocument> documents = Objects.requireNonNullElse(places, List.of());
        for (int i = 0; i < documents.size(); i++) {
            DirectoryPlace place = toPlace(documents.get(i), "places[" + i + "]", faults);
            if (place != null && !ids.add(place.id())) {
                faults.add(
                        new Fault("places[" + i + "]", "This place is listed twice", "Ce lieu est nommé deux fois."));
            } else if (place != null) {
                read.add(place);
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new DirectoryPractitioner(
                id,
                Objects.requireNonNull(family).strip(),
                names,
                profession,
                Objects.requireNonNullElse(specialties, List.of()),
                read);
    }

    private static @Nullable DirectoryPlace toPlace(PlaceDocument place, String path, List<Fault> faults) {
        int before = faults.size();
        List<StructureId> structures = new ArrayList<>();
        List<String> written = Objects.requireNonNullElse(place.structures, List.of());
        for (int i = 0; i < written.size(); i++) {
            String field = path + ".structures[" + i + "]";
            StructureId.parse(written.get(i))
                    .ifPresentOrElse(
                            structures::add,
                            () -> faults.add(new Fault(
                                    field,
                                    "Not a FINESS, SIRET or rang in its national form",
                                    "Ce n'est pas un numéro FINESS, SIRET ou de rang sous sa forme nationale.")));
        }
        ZoneId zone = PlaceZones.ofPostalCode(place.postalCode);
        String phone = Phones.normalise(place.phone, zone).orElse(null);
        if (place.phone != null && phone == null) {
            faults.add(new Fault(
                    path + ".phone",
                    "Not clearly a phone number; write +33 and nine digits",
                    "Ce n'est pas avec certitude un numéro de téléphone ; écrivez +33 et neuf chiffres."));
        }
        HiddenCharacters.check(path + ".name", place.name, faults::add);
        HiddenCharacters.check(path + ".line", place.line, faults::add);
        HiddenCharacters.check(path + ".city", place.city, faults::add);
        structures.sort(null);
        String id = PlaceKeys.of(structures, place.line, place.postalCode, place.city);
        if (id == null) {
            faults.add(new Fault(
                    path,
                    "A place must have a structure id or an address",
                    "Indiquez l'identifiant de la structure ou l'adresse du lieu."));
        }
        if (faults.size() > before || id == null) {
            return null;
        }
        return new DirectoryPlace(id, structures, place.name, place.line, place.postalCode, place.city, phone, zone);
    }
}
