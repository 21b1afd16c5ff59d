package fr.sas.hub.lrm;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.json.BoundedJson;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** A reply to a message, from the regulators' software or from a system on the way. */
public sealed interface Reply {

    /** The regulators' software accepted it. */
    record Acknowledged(UUID message) implements Reply {}

    /**
     * The regulators' software, or a system on the way, refused it.
     *
     * @param code such as 300 (against the schema) or 409 (already exists)
     */
    record Refused(UUID message, int code, String words) implements Reply {}

    /** It refers to no message of ours; {@code what} describes it for the log. */
    record Other(String what) implements Reply {}

    /** EDXL-DE around RC-REF or an error, as the Hub Santé puts it into our queues. */
    static Reply read(byte[] json) {
        JsonNode envelope;
        try {
            envelope = BoundedJson.mapper().build().readTree(json);
        } catch (IOException e) {
            return new Other("not JSON");
        }
        JsonNode message = envelope.at("/content/0/jsonContent/embeddedJsonContent/message");
        String kind = envelope.path("distributionKind").asText();
        String named = "a message of kind " + (kind.isEmpty() ? "none" : kind) + " from "
                + envelope.path("senderID").asText("nobody");
        return switch (kind) {
            case "Ack" ->
                idOf(message.at("/reference/distributionID").asText())
                        .<Reply>map(Acknowledged::new)
                        .orElseGet(() -> new Other(named + " that refers to none of ours"));
            case "Error" -> {
                JsonNode error = message.path("error");
                yield idOf(error.path("referencedDistributionID").asText())
                        .or(() -> idOf(error.at("/sourceMessage/distributionID").asText()))
                        .<Reply>map(id -> new Refused(
                                id, error.at("/errorCode/statusCode").asInt(), describe(error)))
                        .orElseGet(() -> new Other(named + " that refers to none of ours: " + describe(error)));
            }
            default -> new Other(named);
        };
    }

    private static String describe(JsonNode error) {
        String words = error.at("/errorCode/statusString").asText() + ": "
                + error.path("errorCause").asText();
        // PostgreSQL does not accept this character
        return words.substring(0, Math.min(words.length(), 2_000)).replace("\0", "");
    }

    /** The part after the sender's address, if it is one of the hub's ids. */
    private static Optional<UUID> idOf(String distributionId) {
        try {
            UUID id = UUID.fromString(distributionId.substring(distributionId.lastIndexOf('_') + 1));
            return Optional.of(id).filter(uuid -> uuid.version() == 7);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
