package fr.sas.hub.participation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Settings as rows store them, of practitioners and of centres: in the form of their documents. */
@Component
class SettingsJson {

    private final ObjectMapper json;
    /** Fields that a newer node added are ignored, whereas one that a request misspells is refused. */
    private final ObjectReader stored;

    SettingsJson(ObjectMapper json) {
        this.json = json;
        this.stored = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    <T> T read(String text, Class<T> document) {
        try {
            return stored.forType(document).readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored settings can always be parsed", e);
        }
    }

    /** Those that this release may write; others in a stored document are a newer node's, and stay as they are. */
    static String[] fields(Class<? extends Record> document) {
        return Arrays.stream(document.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new);
    }

    String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings can always be serialized", e);
        }
    }
}
