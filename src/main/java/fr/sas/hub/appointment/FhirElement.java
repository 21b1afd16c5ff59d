package fr.sas.hub.appointment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.sas.hub.fhir.FhirInstants;
import fr.sas.hub.slot.StorableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of a FHIR resource in JSON, with its FHIRPath, so that every fault can name its location. */
record FhirElement(JsonNode json, String path, Faults faults) {

    private static final int LONGEST = 1_000;

    boolean isThere() {
        return !json.isMissingNode();
    }

    /** An element that occurs at most once; {@code null} in JSON counts as malformed. */
    FhirElement at(String name) {
        return new FhirElement(json.path(name), path + "." + name, faults);
    }

    /** The items of a repeating element. */
    List<FhirElement> each(String name) {
        JsonNode array = json.path(name);
        String here = path + "." + name;
        List<FhirElement> elements = new ArrayList<>();
        if (array.isArray()) {
            for (int i = 0; i < array.size(); i++) {
                elements.add(new FhirElement(array.get(i), here + "[" + i + "]", faults).object());
            }
        } else if (!array.isMissingNode()) {
            faults.malformed(here, "must be an array in FHIR's JSON");
        }
        return elements;
    }

    /** This element if it is an object or missing; otherwise a missing one, and a fault for malformed content. */
    FhirElement object() {
        if (json.isObject() || json.isMissingNode()) {
            return this;
        }
        faults.malformed(path, "must be an object in FHIR's JSON");
        return new FhirElement(MissingNode.getInstance(), path, faults);
    }

    /**
     * Refuses elements that may change the meaning of the one that contains them, none of which the hub knows (decision
     * 0033).
     */
    void refuseModifiers() {
        if (at("implicitRules").isThere()) {
            faults.against(path + ".implicitRules", "must be absent: the hub knows no implicit rules");
        }
        if (!each("modifierExtension").isEmpty()) {
            faults.against(
                    path + ".modifierExtension",
                    "must be absent: the hub knows no modifier extension, and it " + "may change the meaning");
        }
    }

    /** Null if it is missing or not a string. */
    @Nullable
    String text() {
        if (!json.isMissingNode() && !json.isTextual()) {
            faults.malformed(path, "must be a string in FHIR's JSON");
            return null;
        }
        String text = json.textValue();
        if (text != null && (text.isBlank() || text.length() > LONGEST)) {
            faults.malformed(path, "must not be empty or exceed " + LONGEST + " characters");
            return null;
        }
        if (text != null && !StorableText.isStorable(text)) {
            faults.malformed(
                    path,
                    "must not contain control characters or unpaired surrogates, which FHIR strings " + "exclude");
            return null;
        }
        return text == null ? null : text.strip();
    }

    /** A required string; null, with a fault, if missing. */
    @Nullable
    String needed(String rule) {
        String text = text();
        if (text == null && !isThere()) {
            faults.missing(path, rule);
        }
        return text;
    }

    /** A FHIR instant, to the millisecond; null if missing or invalid. */
    @Nullable
    Instant instant() {
        String text = text();
        if (text == null) {
            return null;
        }
        FhirInstants.Written written = FhirInstants.read(text);
        if (written == null || written.offset() == null) {
            faults.malformed(
                    path, "must be an instant with an offset, such as 2026-06-12T16:40:00.000+02:00, not " + text);
            return null;
        }
        return written.local().toInstant(written.offset()).truncatedTo(ChronoUnit.MILLIS);
    }
}
