package fr.sas.hub.health;

import fr.sas.hub.asking.PollTargets;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.vendor.GhostSuspicions;
import fr.sas.hub.vendor.StatusOverride;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.VendorDescriptor;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The state of a vendor, as seen by this node.
 *
 * @param state see {@link State}
 * @param subjects for whom the vendor is polled
 * @param overdue how many of these should have been asked for more than a minute ago
 * @param underWay questions currently awaiting an answer
 * @param lastGoodAnswerAt when the request for the last complete answer was sent; null if none since this node has
 *     had this descriptor
 * @param troubleSince since when no answer has been complete
 * @param trouble what last went wrong, as a code; null if the last answer was complete
 * @param detail the same as a sentence
 * @param nextAttemptAt when the hub next asks a vendor from which it is backing off
 * @param declared status in its descriptor; {@code status} is the one in force
 * @param overruled null if everything is as declared
 * @param ghosts how often its shown slots turned out to be gone; null if nobody has checked recently
 */
public record VendorState(
        String vendor,
        String name,
        String status,
        URI baseUrl,
        List<String> flows,
        State state,
        long subjects,
        long overdue,
        int underWay,
        @Nullable Instant lastGoodAnswerAt,
        @Nullable Instant troubleSince,
        @Nullable String trouble,
        @Nullable String detail,
        @Nullable Instant nextAttemptAt,
        String declared,
        @Nullable Overruled overruled,
        GhostSuspicions.@Nullable Ghosts ghosts) {

    /** Operators' overrides of what is declared: in effect until undone, or until the descriptor's status changes. */
    record Overruled(boolean paused, @Nullable String status, Instant since, String by, String reason) {
        static @Nullable Overruled of(@Nullable StatusOverride override) {
            return override == null
                    ? null
                    : new Overruled(
                            override.paused(),
                            override.status() == null ? null : small(override.status()),
                            override.since(),
                            override.by(),
                            override.reason());
        }
    }

    /** What is stored about a vendor apart from its line. */
    record StoredState(@Nullable StatusOverride override, GhostSuspicions.@Nullable Ghosts ghosts) {
        static final StoredState NOTHING = new StoredState(null, null);
    }

    public enum State {
        /** Its last answer was complete. */
        ANSWERING,
        /** Not asked yet, or there is nobody to ask about. */
        NOT_ASKED_YET,
        /** Its last answer was not complete; polling continues. */
        IN_TROUBLE,
        /** The hub is backing off from it for a while: at its request (Retry-After), or after too many failures. */
        LEFT_ALONE,
        /** Its route is not running: it is not asked until the hub is restarted or its descriptor saved again. */
        GAVE_UP,
        /** By its operator. */
        PAUSED
    }

    static State stateOf(VendorLine line, boolean routeGaveUp, Clock clock) {
        VendorLine.Outcome outcome = line.outcome();
        if (line.descriptor().status() == Vendor.Status.PAUSED) {
            return State.PAUSED;
        }
        if (routeGaveUp) {
            return State.GAVE_UP;
        }
        if (line.isBreakerOpen() || clock.instant().isBefore(line.quietUntil())) {
            return State.LEFT_ALONE;
        }
        if (outcome.trouble() != null) {
            return State.IN_TROUBLE;
        }
        return outcome.goodAt() == null ? State.NOT_ASKED_YET : State.ANSWERING;
    }

    static VendorState of(
            VendorLine line, PollTargets.Count count, StoredState stored, boolean routeGaveUp, Clock clock) {
        VendorDescriptor descriptor = line.descriptor();
        VendorLine.Outcome outcome = line.outcome();
        boolean quiet = clock.instant().isBefore(line.quietUntil());
        State state = stateOf(line, routeGaveUp, clock);
        return new VendorState(
                descriptor.source().name(),
                descriptor.name(),
                small(descriptor.status()),
                descriptor.baseUrl(),
                descriptor.flows().stream().map(VendorState::small).sorted().toList(),
                state,
                count.subjects(),
                descriptor.isAskedBySubject() ? count.overdue() : 0,
                line.underWay(),
                outcome.goodAt(),
                outcome.troubleSince(),
                outcome.trouble() == null ? null : small(outcome.trouble().kind()),
                outcome.trouble() == null ? null : outcome.trouble().detail(),
                quiet ? line.quietUntil() : null,
                small(descriptor.declared()),
                Overruled.of(stored.override()),
                stored.ghosts());
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
