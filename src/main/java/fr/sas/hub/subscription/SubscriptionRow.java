package fr.sas.hub.subscription;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.changes.Position;
import fr.sas.hub.outbox.Destination;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as stored.
 *
 * @param owner id of the client that created it
 * @param base the hub's address as the client sees it, ending in {@code /fhir}
 * @param subjects national ids; null for all
 * @param heartbeat in seconds; null for none
 * @param trouble why the last notification failed; null when it succeeded
 * @param shaken whether the handshake succeeded
 * @param position changes up to here have been accepted
 * @param events number of events accepted since the beginning
 * @param toldAt when the last notification was accepted; null when none was
 * @param mayLackEvents whether its receiver may lack events, and has not been told so yet
 * @param unanswered a notification of events that its receiver may have; null when every answer is known
 */
record SubscriptionRow(
        UUID id,
        String owner,
        SubscriptionDocument document,
        String base,
        @Nullable Set<String> subjects,
        @Nullable Integer heartbeat,
        @Nullable Instant endsAt,
        Status status,
        @Nullable String trouble,
        int failures,
        boolean shaken,
        Position position,
        long events,
        @Nullable Instant toldAt,
        boolean mayLackEvents,
        @Nullable Unanswered unanswered) {

    static final String CHANNEL = "tell-a-subscriber";

    /**
     * A notification that was sent, while its answer is not known. A receiver that has it ignores its numbers from then on, so they
     * may only be given again to the same events.
     *
     * @param next the subscription's position if it was accepted
     * @param events number of its last event
     */
    record Unanswered(Position next, long events) {}

    /** R4's SubscriptionStatus. */
    enum Status {
        /** The handshake has not succeeded yet. */
        REQUESTED,
        ACTIVE,
        /** Notifications fail; attempts continue. */
        ERROR,
        /** Nothing more is sent. */
        OFF;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String reference() {
        return base + "/Subscription/" + id;
    }

    /** Each subscription has a destination of its own, so that a receiver that is away delays no other. */
    Destination destination() {
        return new Destination("subscription-" + id, CHANNEL);
    }

    boolean isHeartbeatDue(Instant now) {
        return heartbeat != null && toldAt != null && !now.isBefore(toldAt.plusSeconds(heartbeat));
    }

    /** Whether notifications may go there still: the operator may have allowed its address only for a time. */
    boolean isAllowed(SubscriptionSettings settings) {
        try {
            return settings.allows(document.endpoint());
        } catch (FhirRefusal unreadable) {
            return false;
        }
    }

    boolean hasEnded(Instant now) {
        return status == Status.OFF || endsAt != null && !now.isBefore(endsAt);
    }
}
