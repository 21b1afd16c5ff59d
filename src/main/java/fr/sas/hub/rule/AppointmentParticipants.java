package fr.sas.hub.rule;

import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    static AppointmentParticipants read(AppointmentElement appointment) {
        AppointmentFaults faults = appointment.faults();
        Set<PractitionerId> practitioners = new LinkedHashSet<>();
        Set<StructureId> structures = new LinkedHashSet<>();
        boolean allAccepted = true;
        boolean accepted = true;
        int faultsBefore = faults.size();
        for (AppointmentElement participant : appointment.each("participant")) {
            participant.refuseModifiers();
            boolean here = isAccepted(participant.at("status"));
            allAccepted &= here;
            AppointmentElement identifier =
                    participant.at("actor").object().at("identifier").object();
            String system = isOld(identifier) ? null : identifier.at("system").text();
            if (PRACTITIONER_IDS.equals(system)) {
                read(identifier.at("value"), PractitionerId::parse, practitioners);
                accepted &= here;
            } else if (STRUCTURE_IDS.equals(system)) {
                read(identifier.at("value"), StructureId::parse, structures);
            }
        }
        StructureId structure = structures.stream().findFirst().orElse(null);
        if (practitioners.size() > 1) {
            faults.against(
                    AppointmentRule.APPOINTMENT_WITH_SEVERAL,
                    "Appointment.participant",
                    practitioners.size() + " practitioners");
        }
        if (!practitioners.isEmpty()) {
            return new AppointmentParticipants(practitioners.iterator().next(), accepted, structure);
        }
        if (structure != null && structure.mayOwnSlots()) {
            return new AppointmentParticipants(structure, allAccepted, null);
        }
        if (faults.size() == faultsBefore) {
            faults.missing(AppointmentRule.APPOINTMENT_WITH_NOBODY, "Appointment.participant");
        }
        return new AppointmentParticipants(null, false, null);
    }

    /** An identifier with use {@code old} is ignored. */
    private static boolean isOld(AppointmentElement identifier) {
        return "old".equals(identifier.at("use").text());
    }

    private static boolean isAccepted(AppointmentElement element) {
        Rule rule = AppointmentRule.APPOINTMENT_PARTICIPANT_STATUS;
        String status = element.needed(rule);
        if (status == null) {
            return false;
        }
        if (!STATUSES.contains(status)) {
            element.faults().malformed(rule, element.path(), status);
        } else if (!status.equals("accepted") && !status.equals("needs-action")) {
            element.faults().against(rule, element.path(), status);
        }
        return status.equals("accepted");
    }

    private static <T> void read(AppointmentElement value, Function<String, Optional<T>> parse, Set<T> ids) {
        Rule rule = AppointmentRule.APPOINTMENT_PARTICIPANT_ID;
        String text = value.needed(rule);
        if (text != null) {
            parse.apply(text).ifPresentOrElse(ids::add, () -> value.faults().against(rule, value.path(), text));
        }
    }
}
