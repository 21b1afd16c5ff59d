package fr.sas.hub.appointment;

import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * With whom an appointment is, and where. Whoever else takes part, such as the patient, is not read.
 *
 * @param with null when there are faults
 * @param confirmed whether they accepted
 * @param structure the place; null when it is not said, or when the appointment is with the structure itself
 */
record Participants(
        @Nullable Subject with, boolean confirmed, @Nullable StructureId structure) {

    private static final Set<String> STATUSES = Set.of("accepted", "declined", "tentative", "needs-action");

    static Participants read(Element appointment, Faults faults) {
        List<Element> all = appointment.each("participant");
        Set<PractitionerId> practitioners = new LinkedHashSet<>();
        Set<StructureId> structures = new LinkedHashSet<>();
        boolean allAccepted = true;
        boolean accepted = true;
        int faultsBefore = faults.all().size();
        for (Element participant : all) {
            participant.refuseModifiers();
            boolean here = isAccepted(participant.at("status"));
            allAccepted &= here;
            Element identifier =
                    participant.at("actor").object().at("identifier").object();
            String system = isOld(identifier) ? null : identifier.at("system").text();
            if (PRACTITIONER_IDS.equals(system)) {
                practitioner(identifier.at("value"), practitioners);
                accepted &= here;
            } else if (STRUCTURE_IDS.equals(system)) {
                structure(identifier.at("value"), structures);
            }
        }
        StructureId structure = structures.stream().findFirst().orElse(null);
        if (practitioners.size() > 1) {
            faults.against("Appointment.participant", "one practitioner takes part, not " + practitioners.size());
        }
        if (!practitioners.isEmpty()) {
            return new Participants(practitioners.iterator().next(), accepted, structure);
        }
        if (structure != null && structure.mayOwnSlots()) {
            return new Participants(structure, allAccepted, null);
        }
        if (faults.all().size() == faultsBefore) {
            faults.missing(
                    "Appointment.participant",
                    "one is the practitioner: actor.identifier has system " + PRACTITIONER_IDS
                            + " and a national identifier as value");
        }
        return new Participants(null, false, null);
    }

    /** An identifier of before is as if not said. */
    private static boolean isOld(Element identifier) {
        return "old".equals(identifier.at("use").text());
    }

    private static boolean isAccepted(Element element) {
        String status = element.needed("is accepted or needs-action");
        if (status == null) {
            return false;
        }
        if (!STATUSES.contains(status)) {
            element.faults().malformed(element.path(), status + " is no participant status of FHIR");
        } else if (!status.equals("accepted") && !status.equals("needs-action")) {
            element.faults().against(element.path(), "is accepted or needs-action, not " + status);
        }
        return status.equals("accepted");
    }

    private static void practitioner(Element value, Set<PractitionerId> practitioners) {
        String text = value.needed("is the practitioner's national identifier");
        if (text != null) {
            PractitionerId.parse(text)
                    .ifPresentOrElse(
                            practitioners::add,
                            () -> value.faults()
                                    .against(
                                            value.path(),
                                            "is a national identifier: 8 and the RPPS, or 0 and the ADELI, not "
                                                    + text));
        }
    }

    private static void structure(Element value, Set<StructureId> structures) {
        String text = value.needed("is the national identifier of a structure");
        if (text != null) {
            StructureId.parse(text)
                    .ifPresentOrElse(
                            structures::add,
                            () -> value.faults()
                                    .against(value.path(), "is the national identifier of a structure, not " + text));
        }
    }
}
