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
 * With whom an appointment is, and where. Other participants, such as the patient, are not read.
 *
 * @param with null if there are faults
 * @param confirmed whether they accepted
 * @param structure the place; null if not given, or if the appointment is with the structure itself
 */
record AppointmentParticipants(
        @Nullable Subject with, boolean confirmed, @Nullable StructureId structure) {

    private static final Set<String> STATUSES = Set.of("accepted", "declined", "tentative", "needs-action");

    static AppointmentParticipants read(FhirElement appointment, Faults faults) {
        List<FhirElement> all = appointment.each("participant");
        Set<PractitionerId> practitioners = new LinkedHashSet<>();
        Set<StructureId> structures = new LinkedHashSet<>();
        boolean allAccepted = true;
        boolean accepted = true;
        int faultsBefore = faults.all().size();
        for (FhirElement participant : all) {
            participant.refuseModifiers();
            boolean here = isAccepted(participant.at("status"));
            allAccepted &= here;
            FhirElement identifier =
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
            faults.against(
                    "Appointment.participant", "exactly one practitioner must take part, not " + practitioners.size());
        }
        if (!practitioners.isEmpty()) {
            return new AppointmentParticipants(practitioners.iterator().next(), accepted, structure);
        }
        if (structure != null && structure.mayOwnSlots()) {
            return new AppointmentParticipants(structure, allAccepted, null);
        }
        if (faults.all().size() == faultsBefore) {
            faults.missing(
                    "Appointment.participant",
                    "one must be the practitioner: actor.identifier with system " + PRACTITIONER_IDS
                            + " and a national identifier as value");
        }
        return new AppointmentParticipants(null, false, null);
    }

    /** An identifier with use {@code old} is ignored. */
    private static boolean isOld(FhirElement identifier) {
        return "old".equals(identifier.at("use").text());
    }

    private static boolean isAccepted(FhirElement element) {
        String status = element.needed("must be accepted or needs-action");
        if (status == null) {
            return false;
        }
        if (!STATUSES.contains(status)) {
            element.faults().malformed(element.path(), status + " is not a FHIR participant status");
        } else if (!status.equals("accepted") && !status.equals("needs-action")) {
            element.faults().against(element.path(), "must be accepted or needs-action, not " + status);
        }
        return status.equals("accepted");
    }

    private static void practitioner(FhirElement value, Set<PractitionerId> practitioners) {
        String text = value.needed("must be the practitioner's national identifier");
        if (text != null) {
            PractitionerId.parse(text)
                    .ifPresentOrElse(
                            practitioners::add,
                            () -> value.faults()
                                    .against(
                                            value.path(),
                                            "must be a national identifier: 8 and the RPPS, or 0 and the ADELI, not "
                                                    + text));
        }
    }

    private static void structure(FhirElement value, Set<StructureId> structures) {
        String text = value.needed("must be the national identifier of a structure");
        if (text != null) {
            StructureId.parse(text)
                    .ifPresentOrElse(
                            structures::add,
                            () -> value.faults()
                                    .against(
                                            value.path(),
                                            "must be the national identifier of a structure, not " + text));
        }
    }
}
