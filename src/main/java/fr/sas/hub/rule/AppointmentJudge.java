package fr.sas.hub.rule;

import static fr.sas.hub.fhir.FhirVocabulary.APPOINTMENT_OPERATOR;
import static fr.sas.hub.fhir.FhirVocabulary.INTERNAL;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_PERSON;
import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.REGULATOR_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges Appointments (INT_R03). */
final class AppointmentJudge {

    private static final Set<String> STATUSES = Set.of("booked", "fulfilled", "noshow", "cancelled");
    private static final Set<String> PARTICIPANT_STATUSES = Set.of("accepted", "needs-action");
    private static final Set<String> OPERATOR_SYSTEMS = Set.of(REGULATOR_IDS, PRACTITIONER_IDS, STRUCTURE_IDS);
    private static final Set<String> NO_IDENTIFIERS = Set.of("null", "unknown");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);
    private static final int MOST_SLOTS = 20;

    private final Evidence evidence;
    private final @Nullable Instant now;

    AppointmentJudge(Evidence evidence, @Nullable Instant now) {
        this.evidence = evidence;
        this.now = now;
    }

    void judge(LocatedResource appointment) {
        List<JsonNode> identifiers = LocatedResource.list(appointment.at("identifier"));
        boolean identified = identifiers.size() == 1 && isWhole(identifiers.getFirst());
        evidence.demand(AppointmentRule.APPOINTMENT_ID, identified, appointment, "identifier", null);
        String status = appointment.text("status");
        boolean known = status != null && STATUSES.contains(status);
        evidence.demand(AppointmentRule.APPOINTMENT_STATUS, known, appointment, "status", status);
        judgeOperator(appointment);
        judgeTimes(appointment);
        judgeParticipants(appointment);
        int slots = appointment.at("slot").size();
        evidence.demand(
                AppointmentRule.APPOINTMENT_SLOTS, slots <= MOST_SLOTS, appointment, "slot", slots + " references");
        judgeVersion(appointment);
    }

    private static boolean isWhole(JsonNode identifier) {
        String value = LocatedResource.textOf(identifier.path("value"));
        return LocatedResource.isThere(identifier.path("system"))
                && value != null
                && !NO_IDENTIFIERS.contains(value.toLowerCase(Locale.ROOT));
    }

    private void judgeOperator(LocatedResource appointment) {
        List<JsonNode> operators = LocatedResource.list(appointment.at("extension")).stream()
                .filter(extension ->
                        APPOINTMENT_OPERATOR.equals(extension.path("url").asText()))
                .map(extension -> extension.path("valueReference").path("identifier"))
                .toList();
        if (!evidence.demand(
                AppointmentRule.APPOINTMENT_OPERATOR,
                operators.size() == 1 && isWhole(operators.getFirst()),
                appointment,
                "extension",
                null)) {
            return;
        }
        JsonNode identifier = operators.getFirst();
        String system = identifier.path("system").asText();
        String type = LocatedResource.textOf(
                identifier.path("type").path("coding").path(0).path("code"));
        boolean right = OPERATOR_SYSTEMS.contains(system)
                && (!system.equals(REGULATOR_IDS)
                        || AccountJudge.isUuid(LocatedResource.textOf(identifier.path("value"))))
                && (type == null || type.equals(NATIONAL_PERSON) || type.equals(INTERNAL));
        evidence.demand(
                AppointmentRule.APPOINTMENT_OPERATOR_ID, right, appointment, "extension", PersonJudge.said(identifier));
    }

    private void judgeTimes(LocatedResource appointment) {
        Instant start = instant(appointment, "start");
        Instant end = instant(appointment, "end");
        if (start != null
                && end != null
                && evidence.demand(
                        AppointmentRule.APPOINTMENT_ENDS_BEFORE_IT_STARTS,
                        start.isBefore(end),
                        appointment,
                        "end",
                        appointment.text("end"))) {
            evidence.demand(
                    AppointmentRule.APPOINTMENT_TOO_LONG,
                    Duration.between(start, end).compareTo(LONGEST) <= 0,
                    appointment,
                    "end",
                    appointment.text("end"));
        }
    }

    private @Nullable Instant instant(LocatedResource appointment, String element) {
        String text = appointment.text(element);
        Instant instant = instant(text);
        evidence.demand(AppointmentRule.APPOINTMENT_TIME, instant != null, appointment, element, text);
        return instant;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        FhirInstants.Written written = text == null ? null : FhirInstants.read(text);
        return written == null || written.offset() == null
                ? null
                : written.local().toInstant(written.offset());
    }

    private void judgeParticipants(LocatedResource appointment) {
        Set<PractitionerId> practitioners = new HashSet<>();
        boolean owner = false;
        boolean readable = true;
        JsonNode participants = appointment.at("participant");
        for (int i = 0; i < participants.size(); i++) {
            String element = "participant[" + i + "]";
            readable &= judgeMeaning(appointment, participants.path(i), element);
            String status = LocatedResource.textOf(participants.path(i).path("status"));
            readable &= evidence.demand(
                    AppointmentRule.APPOINTMENT_PARTICIPANT_STATUS,
                    status != null && PARTICIPANT_STATUSES.contains(status),
                    appointment,
                    element + ".status",
                    status);
            JsonNode identifier = participants.path(i).path("actor").path("identifier");
            String value = LocatedResource.textOf(identifier.path("value"));
            boolean old = identifier.path("use").asText().equals("old");
            switch (old ? "" : identifier.path("system").asText()) {
                case PRACTITIONER_IDS -> {
                    PractitionerId id = PractitionerId.parse(value).orElse(null);
                    readable &= judgeId(appointment, element, id != null, value);
                    if (id != null) {
                        practitioners.add(id);
                    }
                }
                case STRUCTURE_IDS -> {
                    StructureId id = StructureId.parse(value).orElse(null);
                    readable &= judgeId(appointment, element, id != null, value);
                    owner |= id != null && id.mayOwnSlots();
                }
                default -> {}
            }
        }
        if (readable) {
            boolean with = !practitioners.isEmpty() || owner;
            evidence.demand(AppointmentRule.APPOINTMENT_WITH_NOBODY, with, appointment, "participant", null);
        }
        evidence.demand(
                AppointmentRule.APPOINTMENT_WITH_SEVERAL,
                practitioners.size() < 2,
                appointment,
                "participant",
                practitioners.size() + " practitioners");
    }

    /** Elements that may change the meaning of a participant. */
    private boolean judgeMeaning(LocatedResource appointment, JsonNode participant, String element) {
        boolean plain = evidence.demand(
                AnswerRule.MODIFIER_EXTENSION,
                !AnswerJudge.says(participant.path("modifierExtension")),
                appointment,
                element + ".modifierExtension",
                null);
        String rules = AnswerJudge.rulesIn(participant.path("implicitRules"));
        return evidence.demand(AnswerRule.IMPLICIT_RULES, rules == null, appointment, element + ".implicitRules", rules)
                && plain;
    }

    private boolean judgeId(LocatedResource appointment, String element, boolean readable, @Nullable String value) {
        return evidence.demand(
                AppointmentRule.APPOINTMENT_PARTICIPANT_ID,
                readable,
                appointment,
                element + ".actor.identifier.value",
                value);
    }

    private void judgeVersion(LocatedResource appointment) {
        Instant at = instant(LocatedResource.textOf(appointment.at("meta").path("lastUpdated")));
        if (now != null && at != null) {
            evidence.demand(
                    AppointmentRule.APPOINTMENT_FROM_THE_FUTURE,
                    !at.isAfter(now.plus(CLOCKS_DIFFER)),
                    appointment,
                    "meta.lastUpdated",
                    at.toString());
        }
    }
}
