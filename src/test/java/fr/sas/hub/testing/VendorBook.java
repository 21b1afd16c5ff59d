package fr.sas.hub.testing;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.PractitionerId;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a fake vendor knows: practitioners with their offices, SOS associations with their sites, and CPTS. */
public record VendorBook(
        Map<String, Doctor> doctors, Map<String, Association> associations, List<Community> communities) {

    /** @param nationalId prefix included */
    public record Doctor(
            String nationalId, String family, String given, List<String> specialties, List<Office> offices) {}

    /**
     * @param structures national ids of the place, prefix included; a vendor sends the one it prefers
     * @param phone as the directory has it; empty when there is none
     */
    public record Office(List<String> structures, String line, String postalCode, String city, String phone) {
        public ZoneId zone() {
            return PlaceZones.ofPostalCode(postalCode);
        }
    }

    /** @param structure SIRET with prefix 3 */
    public record Association(String structure, String name, List<Site> sites) {}

    public record Site(
            String localId,
            String name,
            String line,
            String postalCode,
            String city,
            String phone,
            String opens,
            String closes,
            List<String> days) {}

    public record Community(String structure, String name) {}

    public static VendorBook of(Collection<Doctor> doctors) {
        return new VendorBook(by(Doctor::nationalId, doctors), Map.of(), List.of());
    }

    public static VendorBook ofAssociations(Collection<Association> associations) {
        return new VendorBook(Map.of(), by(Association::structure, associations), List.of());
    }

    /** Some of the slots belong to one or more of these CPTS. */
    public VendorBook within(Community... communities) {
        return new VendorBook(doctors, associations, List.of(communities));
    }

    /** Those known among the identifiers asked for, prefix or not, in the order asked. */
    List<Doctor> doctors(Collection<String> asked) {
        return asked.stream()
                .flatMap(text -> PractitionerId.parse(text).stream())
                .distinct()
                .map(id -> doctors.get(id.value()))
                .filter(doctor -> doctor != null)
                .toList();
    }

    List<Association> associations(Collection<String> asked) {
        return asked.stream()
                .map(text -> text.length() == 14 ? "3" + text : text)
                .distinct()
                .map(associations::get)
                .filter(association -> association != null)
                .toList();
    }

    private static <T> Map<String, T> by(Function<T, String> id, Collection<T> all) {
        return all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
    }
}
