package fr.sas.hub.lrm;

import com.fasterxml.jackson.annotation.JsonRawValue;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.PendingLetter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/lrm/appointments/{id}}: what was sent to the regulators' software about a booking, and what it
 * replied.
 */
@RestController
@RequestMapping("/api/v1/lrm/appointments/{id}")
@Tag(name = "Regulators' software", description = "Bookings sent to the LRM through the Hub Santé (INT_L02)")
class LrmEndpoint {

    private final LrmMessages messages;
    private final Outbox outbox;

    LrmEndpoint(LrmMessages messages, Outbox outbox) {
        this.messages = messages;
        this.outbox = outbox;
    }

    /**
     * @param distributionId the message's id on the wire, without the sender's address
     * @param recipient address of the software it goes to; null when it could not be sent
     * @param putAt when the booking changed
     * @param publishedAt when the broker confirmed it
     * @param saidAt when it was acknowledged or refused
     * @param code of the refusal, such as 300 (against the schema) or 409 (already exists)
     * @param said why it was refused, given up or not sent
     * @param appointment as it was sent
     */
    record MessageDocument(
            UUID distributionId,
            @Nullable String recipient,
            LrmMessages.State state,
            Instant putAt,
            @Nullable Instant publishedAt,
            @Nullable Instant saidAt,
            @Nullable Integer code,
            @Nullable String said,
            @JsonRawValue @Schema(type = "object") String appointment) {}

    /**
     * @param appointment the hub's id of the booking
     * @param messages oldest first
     * @param pending those still in the outbox, with their attempts and failures
     */
    record BookingMessages(UUID appointment, List<MessageDocument> messages, List<PendingLetter> pending) {}

    @GetMapping
    @Operation(
            summary =
                    "Every message about a booking: waiting, published, acknowledged, refused, given up, replaced, discarded or not sent, with why")
    BookingMessages told(
            @Parameter(description = "The hub's id of the booking", example = "0197a3f4-1c2b-7def-8a90-123456789abc")
                    @PathVariable
                    UUID id) {
        List<LrmMessages.StoredMessage> stored = messages.list(id);
        if (stored.isEmpty()) {
            throw new NotFound(
                    "The regulators' software was sent nothing about " + id,
                    "Rien n'a été transmis aux logiciels de régulation pour ce rendez-vous.");
        }
        return new BookingMessages(
                id,
                stored.stream()
                        .map(message -> new MessageDocument(
                                message.id(),
                                message.recipient(),
                                message.state(),
                                message.putAt(),
                                message.publishedAt(),
                                message.saidAt(),
                                message.code(),
                                message.said(),
                                message.content()))
                        .toList(),
                outbox.pendingOf(LrmLetter.DESTINATION.channel(), id.toString()));
    }
}
