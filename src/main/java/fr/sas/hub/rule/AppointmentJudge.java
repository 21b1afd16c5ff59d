package fr.sas.hub.rule;

import static fr.sas.hub.fhir.FhirVocabulary.APPOINTMENT_OPERATOR;
import static fr.sas.hub.fhir.FhirVocabulary.INTERNAL;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_PERSON;
import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.REGULATOR_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges an Appointment (INT_R03; see fhir-profiles/README.md) and reads it, on the tree as it was sent: whoever declares it
 * learns immediately what is wrong, so nothing needs to be guessed. What the guide does not require, including the patient
 * and contained resources, is not read.
 */
final class AppointmentJudge {

    private static final Duration LONGEST = Duration.ofHours(24);
    /** Clocks differ; a declaration from further in the future would outrank every later one. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final int MOST_SLOTS = 20;
    /** The database cannot index longer ones. */
    private static final int MOST_IDENTIFIER_BYTES = 2_000;

    private static final Set<String> NO_IDENTIFIERS = Set.of("null", "unknown");
    private static final Set<String> STATUSES = Set.of("booked", "fulfilled", "noshow", "cancelled");
    /** Codes of FHIR that the guide does not use. */
    private static final Set<String> OTHER_STATUSES =
            Set.of("proposed", "pending", "arrived", "entered-in-error", "checked-in", "waitlist");

    private static final Set<String> OPERATOR_SYSTEMS = Set.of(REGULATOR_IDS, PRACTITIONER_IDS, STRUCTURE_IDS);

    private final AppointmentElement appointment;
    private final AppointmentFaults faults;
    private final @Nullable Instant now;

    AppointmentJudge(ObjectNode appointment, AppointmentFaults faults, @Nullable Instant now) {
        this.appointment = new AppointmentElement(appointment, "Appointment", faults);
        this.faults = faults;
        this.now = now;
    }

    JudgedAppointment judge() {
        appointment.refuseModifiers();
        Instant lastUpdated = lastUpdated(appointment.at("meta").object().at("lastUpdated"));
        JudgedAppointment.Identifier identifier = identifier();
        String status = status(appointment.at("status"));
        JudgedAppointment.Operator operator = operator();
        Instant start = instant("start");
        Instant end = instant("end");
        judgeTimes(start, end);
        List<String> slots = slots();
        AppointmentParticipants participants = AppointmentParticipants.read(appointment);
        if (faults.size() > 0) {
            return new JudgedAppointment(faults.all(), null);
        }
        return new JudgedAppointment(
                List.of(),
                new JudgedAppointment.Content(
                        Objects.requireNonNull(identifier),
                        Objects.requireNonNull(status),
                        Objects.requireNonNull(operator),
                        Objects.requireNonNull(participants.with()),
                        participants.confirmed(),
                        participants.structure(),
                        Objects.requireNonNull(start),
                        Objects.requireNonNull(end),
                        slots,
                        lastUpdated));
    }

    private @Nullable Instant lastUpdated(AppointmentElement element) {
        Instant at = element.instant(AppointmentRule.APPOINTMENT_NOT_FHIR);
        if (at != null && now != null && at.isAfter(now.plus(CLOCKS_DIFFER))) {
            faults.against(AppointmentRule.APPOINTMENT_FROM_THE_FUTURE, element.path(), at.toString());
        }
        return at;
    }

    private JudgedAppointment.@Nullable Identifier identifier() {
        Rule rule = AppointmentRule.APPOINTMENT_ID;
        List<AppointmentElement> identifiers = appointment.each("identifier");
        if (identifiers.size() != 1) {
            missingUnlessMalformed("identifier", rule);
            return null;
        }
        String system = identifiers.getFirst().at("system").needed(rule);
        AppointmentElement element = identifiers.getFirst().at("value");
        String value = value(element, rule);
        if (system == null || value == null) {
            return null;
        }
        if ((system + value).getBytes(StandardCharsets.UTF_8).length > MOST_IDENTIFIER_BYTES) {
            faults.against(rule, element.path(), value);
        }
        return new JudgedAppointment.Identifier(system, value);
    }

    /** "null" and "unknown" are not identifiers. */
    private @Nullable String value(AppointmentElement element, Rule rule) {
        String value = element.needed(rule);
        if (value != null && NO_IDENTIFIERS.contains(value.toLowerCase(Locale.ROOT))) {
            faults.against(rule, element.path(), value);
            return null;
        }
        return value;
    }

    private @Nullable String status(AppointmentElement element) {
        Rule rule = AppointmentRule.APPOINTMENT_STATUS;
        String code = element.needed(rule);
        if (code == null || STATUSES.contains(code)) {
            return code;
        }
        if (OTHER_STATUSES.contains(code)) {
            faults.against(rule, element.path(), code);
        } else {
            faults.malformed(rule, element.path(), code);
        }
        return null;
    }

    private JudgedAppointment.@Nullable Operator operator() {
        Rule rule = AppointmentRule.APPOINTMENT_OPERATOR;
        List<AppointmentElement> operators = appointment.each("extension").stream()
                .filter(extension ->
                        APPOINTMENT_OPERATOR.equals(extension.json().path("url").asText()))
                .toList();
        if (operators.size() != 1) {
            missingUnlessMalformed("extension", rule);
            return null;
        }
        AppointmentElement identifier = operators
                .getFirst()
                .at("valueReference")
                .object()
                .at("identifier")
                .object();
        if (!identifier.isThere()) {
            faults.missing(rule, identifier.path());
            return null;
        }
        String system = identifier.at("system").needed(rule);
        String value = value(identifier.at("value"), rule);
        judgeOperator(identifier, system, value);
        String type = typeOf(identifier);
        return system == null || value == null ? null : new JudgedAppointment.Operator(system, value, type);
    }

    private void judgeOperator(AppointmentElement identifier, @Nullable String system, @Nullable String value) {
        Rule rule = AppointmentRule.APPOINTMENT_OPERATOR_ID;
        if (system != null && !OPERATOR_SYSTEMS.contains(system)) {
            faults.against(rule, identifier.at("system").path(), system);
        }
        if (value != null && REGULATOR_IDS.equals(system) && !AccountJudge.isUuid(value)) {
            faults.against(rule, identifier.at("value").path(), value);
        }
    }

    private @Nullable String typeOf(AppointmentElement identifier) {
        List<AppointmentElement> codings = identifier.at("type").object().each("coding");
        if (codings.isEmpty()) {
            return null;
        }
        AppointmentElement code = codings.getFirst().at("code");
        String type = code.text();
        if (type != null && !type.equals(NATIONAL_PERSON) && !type.equals(INTERNAL)) {
            faults.against(AppointmentRule.APPOINTMENT_OPERATOR_ID, code.path(), type);
        }
        return type;
    }

    private @Nullable Instant instant(String name) {
        AppointmentElement element = appointment.at(name);
        if (!element.isThere()) {
            faults.missing(AppointmentRule.APPOINTMENT_TIME, element.path());
        }
        return element.instant(AppointmentRule.APPOINTMENT_TIME);
    }

    private void judgeTimes(@Nullable Instant start, @Nullable Instant end) {
        if (start == null || end == null) {
            return;
        }
        String path = appointment.at("end").path();
        if (!start.isBefore(end)) {
            faults.against(AppointmentRule.APPOINTMENT_ENDS_BEFORE_IT_STARTS, path, end.toString());
        } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            faults.against(AppointmentRule.APPOINTMENT_TOO_LONG, path, end.toString());
        }
    }

    private List<String> slots() {
        Set<String> slots = new LinkedHashSet<>();
        for (AppointmentElement slot : appointment.each("slot")) {
            String reference = slot.at("reference").text();
            if (reference != null) {
                slots.add(reference);
            }
        }
        if (slots.size() > MOST_SLOTS) {
            faults.against(AppointmentRule.APPOINTMENT_SLOTS, "Appointment.slot", slots.size() + " references");
        }
        return List.copyOf(slots);
    }

    /** Malformed elements have been reported already. */
    private void missingUnlessMalformed(String name, Rule rule) {
        JsonNode json = appointment.json().path(name);
        if (json.isMissingNode() || json.isArray()) {
            faults.missing(rule, "Appointment." + name);
        }
    }
}
