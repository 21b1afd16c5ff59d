package fr.sas.hub.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.slot.StorableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of an appointment, with its FHIRPath, so that every fault can name its location. */
record AppointmentElement(JsonNode json, String path, AppointmentFaults faults) {

    private static final int LONGEST = 1_000;

    boolean isThere() {
        return !json.isMissingNode();
    }

    /** An element that occurs at most once; {@code null} in JSON counts as malformed. */
    AppointmentElement at(String name) {
        return new AppointmentElement(json.path(name), path + "." + name, faults);
    }

    /** The items of a repeating element. */
    List<AppointmentElement> each(String name) {
        JsonNode array = json.path(name);
        String here = path + "." + name;
        List<AppointmentElement> elements = new ArrayList<>();
        if (array.isArray()) {
            for (int i = 0; i < array.size(); i++) {
                elements.add(new AppointmentElement(array.get(i), here + "[" + i + "]", faults).object());
            }
        } else if (!array.isMissingNode()) {
            faults.malformed(AppointmentRule.APPOINTMENT_NOT_FHIR, here, null);
        }
        return elements;
    }

    /** This element if it is an object or missing; otherwise a missing one, and a fault for malformed content. */
    AppointmentElement object() {
        if (json.isObject() || json.isMissingNode()) {
            return this;
        }
        faults.malformed(AppointmentRule.APPOINTMENT_NOT_FHIR, path, null);
        return new AppointmentElement(MissingNode.getInstance(), path, faults);
    }

    /**
     * Refuses elements that may change the meaning of the one that contains them, none of which the hub knows (decision
     * 0033).
     */
    void refuseModifiers() {
        String rules = AnswerJudge.rulesIn(json.path("implicitRules"));
        if (rules != null) {
            faults.against(AnswerRule.IMPLICIT_RULES, path + ".implicitRules", rules);
        }
        if (AnswerJudge.says(json.path("modifierExtension"))) {
            faults.against(AnswerRule.MODIFIER_EXTENSION, path + ".modifierExtension", null);
        }
    }

    /** Null if it is missing, or, with a fault, if it is no usable string. */
    @Nullable
    String text() {
        if (json.isMissingNode()) {
            return null;
        }
        String text = json.textValue();
        if (text == null || text.isBlank() || text.length() > LONGEST || !StorableText.isStorable(text)) {
            faults.malformed(AppointmentRule.APPOINTMENT_NOT_FHIR, path, text);
            return null;
        }
        return text.strip();
    }

    /** A required string; null, with a fault, if missing. */
    @Nullable
    String needed(Rule rule) {
        if (!isThere()) {
            faults.missing(rule, path);
        }
        return text();
    }

    /** A FHIR instant, to the millisecond; null if missing, or, with a fault against this rule, if invalid. */
    @Nullable
    Instant instant(Rule rule) {
        String text = text();
        if (text == null) {
            return null;
        }
        FhirInstants.WrittenInstant written = FhirInstants.read(text);
        if (written == null || written.offset() == null) {
            faults.malformed(rule, path, text);
            return null;
        }
        return written.local().toInstant(written.offset()).truncatedTo(ChronoUnit.MILLIS);
    }
}
