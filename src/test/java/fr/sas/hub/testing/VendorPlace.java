package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.ArrayList;
import java.util.List;

/** A place of practice as a vendor sends it: a PractitionerRole with a contained Location. Faults go into the role. */
public final class VendorPlace extends VendorPart<VendorPlace> {

    private final String structure;
    private final List<VendorSlot> slots = new ArrayList<>();
    private String line = "1 rue des Tilleuls";
    private String postalCode = "75001";
    private String city = "PARIS";
    private String phone;

    VendorPlace(String structure) {
        this.structure = structure;
    }

    public VendorPlace address(String line, String postalCode, String city) {
        this.line = line;
        this.postalCode = postalCode;
        this.city = city;
        return this;
    }

    public VendorPlace phone(String phone) {
        this.phone = phone;
        return this;
    }

    public VendorPlace slot(VendorSlot slot) {
        slots.add(slot);
        return this;
    }

    List<VendorSlot> slots() {
        return slots;
    }

    ObjectNode renderRole(String roleId, String practitionerId) {
        ObjectNode role = resource("PractitionerRole", roleId, FhirVocabulary.PRACTITIONER_ROLE);
        ObjectNode location = resource("Location", "place", FhirVocabulary.LOCATION);
        location.putArray("identifier")
                .add(identifier(
                        FhirVocabulary.LOCATION_IDENTIFIER_TYPES,
                        FhirVocabulary.INTERNAL,
                        "https://vendor.example/places",
                        roleId));
        address(location, line, postalCode, city);
        role.putArray("contained").add(location);
        role.putObject("practitioner").put("reference", "Practitioner/" + practitionerId);
        role.putObject("organization")
                .set(
                        "identifier",
                        identifier(
                                FhirVocabulary.IDENTIFIER_TYPES,
                                FhirVocabulary.NATIONAL_STRUCTURE,
                                FhirVocabulary.STRUCTURE_IDS,
                                structure));
        role.putArray("location").addObject().put("reference", "#place");
        if (phone != null) {
            phone(role, phone);
        }
        return spoil(role);
    }
}
