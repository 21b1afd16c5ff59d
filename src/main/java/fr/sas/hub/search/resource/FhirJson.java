package fr.sas.hub.search.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import fr.sas.hub.slot.PracticeLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The JSON that FHIR resources have in common. Null values are omitted: empty elements are never sent. */
public final class FhirJson {

    private static final JsonFactory JSON = new JsonFactory();

    private FhirJson() {}

    /** What follows the type and id in a resource. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] resource(String type, String id, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("resourceType", type);
            json.writeStringField("id", id);
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void meta(JsonGenerator json, String profile) throws IOException {
        json.writeObjectFieldStart("meta");
        profile(json, profile);
        json.writeEndObject();
    }

    static void profile(JsonGenerator json, String profile) throws IOException {
        json.writeArrayFieldStart("profile");
        json.writeString(profile);
        json.writeEndArray();
    }

    static void coding(JsonGenerator json, String system, String code) throws IOException {
        json.writeStartObject();
        json.writeStringField("system", system);
        json.writeStringField("code", code);
        json.writeEndObject();
    }

    static void concept(JsonGenerator json, String system, String code) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("coding");
        coding(json, system, code);
        json.writeEndArray();
        json.writeEndObject();
    }

    static void reference(JsonGenerator json, String field, String reference) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("reference", reference);
        json.writeEndObject();
    }

    static void identifier(JsonGenerator json, String typeSystem, String type, @Nullable String system, String value)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("type");
        concept(json, typeSystem, type);
        if (system != null) {
            json.writeStringField("system", system);
        }
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    static void phone(JsonGenerator json, @Nullable String phone) throws IOException {
        if (phone == null) {
            return;
        }
        json.writeArrayFieldStart("telecom");
        json.writeStartObject();
        json.writeStringField("system", "phone");
        json.writeStringField("value", phone);
        json.writeEndObject();
        json.writeEndArray();
    }

    static void address(JsonGenerator json, PracticeLocation place) throws IOException {
        if (place.line() == null && place.city() == null && place.postalCode() == null) {
            return;
        }
        json.writeObjectFieldStart("address");
        if (place.line() != null) {
            json.writeArrayFieldStart("line");
            json.writeString(place.line());
            json.writeEndArray();
        }
        if (place.city() != null) {
            json.writeStringField("city", place.city());
        }
        if (place.postalCode() != null) {
            json.writeStringField("postalCode", place.postalCode());
        }
        json.writeEndObject();
    }
}
