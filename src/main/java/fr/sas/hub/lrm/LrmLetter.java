package fr.sas.hub.lrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.outbox.Destination;
import java.util.UUID;

/**
 * The content of a letter to the broker.
 *
 * @param id of the message
 * @param appointment JSON of the object
 */
record LrmLetter(UUID id, String recipient, String appointment) {

    /** There is one broker: when it is down, it is down for all recipients. */
    static final Destination DESTINATION = new Destination("lrm", "tell-the-regulators-software");

    private static final ObjectMapper JSON = BoundedJson.storedMapper().build();

    static LrmLetter read(String body) {
        try {
            return JSON.readValue(body, LrmLetter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the letter of a booking", e);
        }
    }

    String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
