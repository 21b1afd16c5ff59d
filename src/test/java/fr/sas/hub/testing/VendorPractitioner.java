package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.fhir.FhirVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A practitioner with places and slots as a vendor sends them: one Schedule per place. Faults go into the Practitioner. */
public final class VendorPractitioner extends VendorPart<VendorPractitioner> {

    private final String nationalId;
    private final String family;
    private final String given;
    private final List<VendorPlace> places = new ArrayList<>();
    private Consumer<ObjectNode> scheduleFault = schedule -> {};

    VendorPractitioner(String nationalId, String family, String given) {
        this.nationalId = nationalId;
        this.family = family;
        this.given = given;
    }

    public VendorPractitioner at(VendorPlace place) {
        places.add(place);
        return this;
    }

    /** Adds to the place named last. */
    public VendorPractitioner slot(VendorSlot slot) {
        places.getLast().slot(slot);
        return this;
    }

    /** A fault in each of the practitioner's Schedules. */
    public VendorPractitioner schedule(Consumer<ObjectNode> fault) {
        this.scheduleFault = fault;
        return this;
    }

    List<VendorPlace> places() {
        return places;
    }

    void render(String slotProfile, Consumer<ObjectNode> match, Consumer<ObjectNode> include) {
        String id = "p" + nationalId;
        ObjectNode practitioner = resource("Practitioner", id, FhirVocabulary.PRACTITIONER);
        practitioner
                .putArray("identifier")
                .add(identifier(
                        FhirVocabulary.IDENTIFIER_TYPES,
                        FhirVocabulary.NATIONAL_PERSON,
                        FhirVocabulary.PRACTITIONER_IDS,
                        nationalId));
        practitioner
                .putArray("name")
                .addObject()
                .put("family", family)
                .putArray("given")
                .add(given);
        include.accept(spoil(practitioner));
        for (int i = 0; i < places.size(); i++) {
            VendorPlace place = places.get(i);
            String roleId = "role-" + nationalId + "-" + (i + 1);
            String scheduleId = nationalId + "-" + (i + 1);
            ObjectNode schedule = resource("Schedule", scheduleId, FhirVocabulary.SCHEDULE);
            var actors = schedule.putArray("actor");
            actors.addObject().put("reference", "Practitioner/" + id);
            actors.addObject().put("reference", "PractitionerRole/" + roleId);
            scheduleFault.accept(schedule);
            include.accept(schedule);
            include.accept(place.renderRole(roleId, id));
            place.slots().forEach(slot -> match.accept(slot.render(scheduleId, slotProfile)));
        }
    }
}
