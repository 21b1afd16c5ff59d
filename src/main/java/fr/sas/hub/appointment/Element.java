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

/** An element of a FHIR resource in JSON, with its FHIRPath, so that whatever is wrong can be named. */
record Element(JsonNode json, String path, Faults faults) {

    private static final int LONGEST = 1_000;

    boolean isThere() {
        return !json.isMissingNode();
    }

    /** An element that occurs at most once; {@code null} in JSON counts as malformed. */
    Element at(String name) {
        return new Element(json.path(name), path + "." + name, faults);
    }

    /** One of several. */
    List<Element> each(String name) {
        JsonNode array = json.path(name);
        String here = path + "." + name;
        List<Element> elements = new ArrayList<>();
        if (array.isArray()) {
            for (int i = 0; i < array.size(); i++) {
                elements.add(new Element(array.get(i), here + "[" + i + "]", faults).object());
            }
        } else if (!array.isMissingNode()) {
            faults.malformed(here, "is an array in FHIR's JSON");
        }
        return elements;
    }

    /** The same when it is an object or missing; otherwise missing, and malformed. */
    Element object() {
        if (json.isObject() || json.isMissingNode()) {
            return this;
        }
        faults.malformed(path, "is an object in FHIR's JSON");
        return new Element(MissingNode.getInstance(), path, faults);
    }

    /** Elements that may change the meaning of what they stand in, and of which none is known (decision 0033). */
    void refuseModifiers() {
        if (at("implicitRules").isThere()) {
            faults.against(path + ".implicitRules", "is not there: no rules are known that change the meaning");
        }
        if (!each("modifierExtension").isEmpty()) {
            faults.against(path + ".modifierExtension", "is not there: none is known, and it may change the meaning");
        }
    }

    /** Null when it is missing or no text. */
    @Nullable
    String text() {
        if (!json.isMissingNode() && !json.isTextual()) {
            faults.malformed(path, "is a text in FHIR's JSON");
            return null;
        }
        String text = json.textValue();
        if (text != null && (text.isBlank() || text.length() > LONGEST)) {
            faults.malformed(path, "is not empty and has at most " + LONGEST + " characters");
            return null;
        }
        if (text != null && !StorableText.isStorable(text)) {
            faults.malformed(path, "has no control character and no half of a surrogate pair, as no text of FHIR has");
            return null;
        }
        return text == null ? null : text.strip();
    }

    /** A text that must be there; null, and a fault, when it is not. */
    @Nullable
    String needed(String rule) {
        String text = text();
        if (text == null && !isThere()) {
            faults.missing(path, rule);
        }
        return text;
    }

    /** A FHIR instant, to the millisecond; null when it is missing or none. */
    @Nullable
    Instant instant() {
        String text = text();
        if (text == null) {
            return null;
        }
        FhirInstants.Written written = FhirInstants.read(text);
        if (written == null || written.offset() == null) {
            faults.malformed(path, "is an instant with its offset, such as 2026-06-12T16:40:00.000+02:00, not " + text);
            return null;
        }
        return written.local().toInstant(written.offset()).truncatedTo(ChronoUnit.MILLIS);
    }
}
