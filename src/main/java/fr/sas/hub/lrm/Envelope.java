package fr.sas.hub.lrm;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * EDXL-DE around RC-DE around an appointment, as routed by the Hub Santé. The field names are those on the wire.
 *
 * @param distributionID {@code <sender>_<id of the message>}: the same at every attempt, so that a message that arrives
 *     twice is recognised
 */
@SuppressWarnings("IdentifierName") // as on the wire
record Envelope(
        String distributionID,
        String senderID,
        String dateTimeSent,
        String dateTimeExpires,
        String distributionStatus,
        String distributionKind,
        Descriptor descriptor,
        List<Content> content) {

    private static final String SCHEME = "hubex";
    private static final String ACTUAL = "Actual";
    private static final String REPORT = "Report";
    private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");

    record Descriptor(String language, ExplicitAddress explicitAddress) {}

    record ExplicitAddress(String explicitAddressScheme, String explicitAddressValue) {}

    record Content(JsonContent jsonContent) {}

    record JsonContent(EmbeddedJsonContent embeddedJsonContent) {}

    record EmbeddedJsonContent(Message message) {}

    record Address(String name, String URI) {
        static Address of(String name) {
            return new Address(name, SCHEME + ":" + name);
        }
    }

    /** RC-DE and its payload. */
    @JsonPropertyOrder({"messageId", "sender", "sentAt", "status", "kind", "recipient", "appointment"})
    record Message(
            String messageId,
            Address sender,
            String sentAt,
            String status,
            String kind,
            List<Address> recipient,
            @JsonRawValue String appointment) {}

    /** @param appointment JSON of the object */
    static Envelope report(
            String distributionId,
            String sender,
            String recipient,
            String appointment,
            Instant sentAt,
            Duration validFor) {
        String sent = AppointmentContent.instant(sentAt, FRANCE);
        Message message = new Message(
                distributionId, Address.of(sender), sent, ACTUAL, REPORT, List.of(Address.of(recipient)), appointment);
        return new Envelope(
                distributionId,
                sender,
                sent,
                AppointmentContent.instant(sentAt.plus(validFor), FRANCE),
                ACTUAL,
                REPORT,
                new Descriptor("fr-FR", new ExplicitAddress(SCHEME, recipient)),
                List.of(new Content(new JsonContent(new EmbeddedJsonContent(message)))));
    }
}
