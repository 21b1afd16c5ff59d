package fr.sas.hub.subscription;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.changes.Position;
import fr.sas.hub.outbox.Destination;
import java.time.Duration;
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
 * @param notAllowedAgo how long ago a node last said that nothing may be sent to its address; null when none does
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
        @Nullable Duration notAllowedAgo,
        @Nullable Unanswered unanswered) {

    static final String CHANNEL = "tell-a-subscriber";

    private static final String NOT_ALLOWED =
            "The hub may not send to this address any more: its operator does not allow it in hub.subscription.receivers; what"
                    + " follows is sent once it is allowed again";
    private static final String UNREADABLE =
            "The hub cannot read any more to which address this Subscription is sent: delete it, and create it again";

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

    /** Why notifications may not go there: the operator may have allowed its address only for a time. Null when they may. */
    @Nullable
    String obstacle(SubscriptionSettings settings) {
        try {
            return settings.allows(document.endpoint()) ? null : NOT_ALLOWED;
        } catch (FhirRefusal unreadable) {
            return UNREADABLE;
        }
    }

    boolean wasSaidNotToBeAllowedWithin(Duration time) {
        return notAllowedAgo != null && notAllowedAgo.compareTo(time) < 0;
    }

    boolean hasEnded(Instant now) {
        return status == Status.OFF || endsAt != null && !now.isBefore(endsAt);
    }
}
