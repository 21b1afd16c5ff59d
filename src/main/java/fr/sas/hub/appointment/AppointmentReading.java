package fr.sas.hub.appointment;

import static fr.sas.hub.fhir.FhirVocabulary.APPOINTMENT_OPERATOR;
import static fr.sas.hub.fhir.FhirVocabulary.INTERNAL;
import static fr.sas.hub.fhir.FhirVocabulary.NATIONAL_PERSON;
import static fr.sas.hub.fhir.FhirVocabulary.PRACTITIONER_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.REGULATOR_IDS;
import static fr.sas.hub.fhir.FhirVocabulary.STRUCTURE_IDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.json.BoundedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Parses an Appointment as defined by the guide, or reports everything wrong with it (see fhir-profiles/README.md).
 * What the guide does not require, including the patient, is not read.
 */
final class AppointmentReading {

    private static final ObjectMapper JSON = BoundedJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Duration LONGEST = Duration.ofHours(24);
    /** Clocks differ; a declaration from further in the future would outrank every later one. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final int MOST_SLOTS = 20;
    /** The database cannot index longer ones. */
    private static final int MOST_IDENTIFIER_BYTES = 2_000;

    private static final Set<String> NO_IDENTIFIERS = Set.of("null", "unknown");
    /** Codes of FHIR that the guide does not use. */
    private static final Set<String> OTHER_STATUSES =
            Set.of("proposed", "pending", "arrived", "entered-in-error", "checked-in", "waitlist");

    private static final Set<String> OPERATOR_SYSTEMS = Set.of(REGULATOR_IDS, PRACTITIONER_IDS, STRUCTURE_IDS);

    private final Faults faults;
    private final Instant now;

    private AppointmentReading(Faults faults, Instant now) {
        this.faults = faults;
        this.now = now;
    }

    /** Null if there are faults. */
    static @Nullable Declaration read(byte[] body, Instant now, Faults faults) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            faults.malformed("Appointment", "the body is not JSON: " + e.getOriginalMessage());
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (!json.isObject() || !json.path("resourceType").asText().equals("Appointment")) {
            faults.malformed("Appointment", "the body must be a resource with resourceType Appointment");
            return null;
        }
        return new AppointmentReading(faults, now).read(new FhirElement(json, "Appointment", faults));
    }

    private @Nullable Declaration read(FhirElement appointment) {
        appointment.refuseModifiers();
        Instant lastUpdated = lastUpdated(appointment.at("meta").object().at("lastUpdated"));
        Identifier identifier = identifier(appointment);
        Status status = status(appointment.at("status"));
        AppointmentOperator operator = operator(appointment);
        Instant start = instant(appointment.at("start"));
        Instant end = instant(appointment.at("end"));
        checkTimes(appointment, start, end);
        List<String> slots = slots(appointment);
        AppointmentParticipants participants = AppointmentParticipants.read(appointment, faults);
        if (!faults.none()) {
            return null;
        }
        return new Declaration(
                Objects.requireNonNull(identifier),
                new Declared(
                        Objects.requireNonNull(status),
                        Objects.requireNonNull(participants.with()),
                        participants.confirmed(),
                        operator,
                        slots,
                        participants.structure(),
                        Objects.requireNonNull(start),
                        Objects.requireNonNull(end)),
                lastUpdated);
    }

    private @Nullable Instant lastUpdated(FhirElement element) {
        Instant at = element.instant();
        if (at != null && at.isAfter(now.plus(CLOCKS_DIFFER))) {
            faults.against(element.path(), "must not be in the future");
        }
        return at;
    }

    private @Nullable Identifier identifier(FhirElement appointment) {
        List<FhirElement> identifiers = appointment.each("identifier");
        if (identifiers.size() != 1) {
            if (faultless(appointment, "identifier")) {
                faults.missing("Appointment.identifier", "exactly one is required, with system and value");
            }
            return null;
        }
        String system = identifiers.getFirst().at("system").needed("must name the issuer of the identifier");
        String value = value(identifiers.getFirst().at("value"));
        if (system == null || value == null) {
            return null;
        }
        if ((system + value).getBytes(StandardCharsets.UTF_8).length > MOST_IDENTIFIER_BYTES) {
            faults.against(
                    "Appointment.identifier[0].value",
                    "must not exceed, together with its system, " + MOST_IDENTIFIER_BYTES + " bytes");
        }
        return new Identifier(system, value);
    }

    /** "null" and "unknown" are not identifiers. */
    private @Nullable String value(FhirElement element) {
        String value = element.needed("must be the identifier");
        if (value != null && NO_IDENTIFIERS.contains(value.toLowerCase(Locale.ROOT))) {
            faults.against(element.path(), "\"" + value + "\" is not an identifier");
            return null;
        }
        return value;
    }

    private @Nullable Status status(FhirElement element) {
        String codes = "one of booked, fulfilled, noshow, cancelled";
        String code = element.needed("must be " + codes);
        if (code == null) {
            return null;
        }
        for (Status status : Status.values()) {
            if (status.code().equals(code)) {
                return status;
            }
        }
        if (OTHER_STATUSES.contains(code)) {
            faults.against(element.path(), "must be " + codes + ", not " + code);
        } else {
            faults.malformed(element.path(), code + " is not a FHIR status; it must be " + codes);
        }
        return null;
    }

    private @Nullable AppointmentOperator operator(FhirElement appointment) {
        List<FhirElement> operators = appointment.each("extension").stream()
                .filter(extension ->
                        APPOINTMENT_OPERATOR.equals(extension.json().path("url").asText()))
                .toList();
        if (operators.size() != 1) {
            if (faultless(appointment, "extension")) {
                faults.missing(
                        "Appointment.extension",
                        "exactly one " + APPOINTMENT_OPERATOR + " is required: who regulates the patient");
            }
            return null;
        }
        FhirElement identifier = operators
                .getFirst()
                .at("valueReference")
                .object()
                .at("identifier")
                .object();
        if (!identifier.isThere()) {
            faults.missing(identifier.path(), "must identify the regulator");
            return null;
        }
        String system = identifier.at("system").needed("must be one of " + sorted(OPERATOR_SYSTEMS));
        if (system != null && !OPERATOR_SYSTEMS.contains(system)) {
            faults.against(
                    identifier.at("system").path(), "must be one of " + sorted(OPERATOR_SYSTEMS) + ", not " + system);
        }
        String value = value(identifier.at("value"));
        if (value != null && REGULATOR_IDS.equals(system) && !isUuid(value)) {
            faults.against(identifier.at("value").path(), "must be a UUID in the system " + REGULATOR_IDS);
        }
        String type = type(identifier);
        if (type != null && !type.equals(NATIONAL_PERSON) && !type.equals(INTERNAL)) {
            faults.against(
                    identifier.path() + ".type.coding[0].code",
                    "must be " + NATIONAL_PERSON + " or " + INTERNAL + ", not " + type);
        }
        return system == null || value == null ? null : new AppointmentOperator(system, value, type);
    }

    private static @Nullable String type(FhirElement identifier) {
        List<FhirElement> codings = identifier.at("type").object().each("coding");
        return codings.isEmpty() ? null : codings.getFirst().at("code").text();
    }

    private @Nullable Instant instant(FhirElement element) {
        if (!element.isThere()) {
            faults.missing(element.path(), "must be an instant with an offset");
            return null;
        }
        return element.instant();
    }

    private void checkTimes(FhirElement appointment, @Nullable Instant start, @Nullable Instant end) {
        if (start == null || end == null) {
            return;
        }
        if (!start.isBefore(end)) {
            faults.against(appointment.at("end").path(), "must be after start");
        } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            faults.against(appointment.at("end").path(), "must be within " + LONGEST.toHours() + " hours of start");
        }
    }

    private List<String> slots(FhirElement appointment) {
        Set<String> slots = new LinkedHashSet<>();
        for (FhirElement slot : appointment.each("slot")) {
            String reference = slot.at("reference").text();
            if (reference != null) {
                slots.add(reference);
            }
        }
        if (slots.size() > MOST_SLOTS) {
            faults.against("Appointment.slot", "must not contain more than " + MOST_SLOTS);
        }
        return List.copyOf(slots);
    }

    /** Whether the element is absent or well-formed: malformed ones have been reported already. */
    private static boolean faultless(FhirElement parent, String name) {
        JsonNode json = parent.json().path(name);
        return json.isMissingNode() || json.isArray();
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text.toLowerCase(Locale.ROOT).replaceFirst("^urn:uuid:", "")) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String sorted(Set<String> values) {
        String[] all = values.toArray(String[]::new);
        Arrays.sort(all);
        return String.join(", ", all);
    }
}
