package fr.sas.hub.health;

import fr.sas.hub.asking.Targets;
import fr.sas.hub.line.VendorLine;
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
 * How it goes with a vendor, as this node sees it.
 *
 * @param state see {@link State}
 * @param subjects whom the vendor is asked for
 * @param overdue of these, who should have been asked for more than a minute ago
 * @param underWay questions waiting for their answer now
 * @param lastGoodAnswerAt when the last complete answer was asked for; null: none since this node has this descriptor
 * @param troubleSince since when no answer was complete
 * @param trouble what went wrong last, in a word; null when the last answer was complete
 * @param detail the same in a sentence
 * @param nextAttemptAt when a vendor that is left alone is asked again
 * @param declared status in its descriptor; {@code status} is the one in force
 * @param overruled null: everything is as declared
 * @param ghosts how often its shown slots turned out to be gone; null when nobody has looked lately
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

    /** What operators made of it, beside what is declared: until it is taken back, or the descriptor's status changes. */
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

    /** What is said of a vendor beside its line. */
    record Said(@Nullable StatusOverride override, GhostSuspicions.@Nullable Ghosts ghosts) {
        static final Said NOTHING = new Said(null, null);
    }

    public enum State {
        /** It answers. */
        ANSWERING,
        /** Not asked yet, or nobody to ask for. */
        NOT_ASKED_YET,
        /** Its last answer was not complete; it is asked on. */
        IN_TROUBLE,
        /** It is left alone for a while: its own wish (Retry-After), or too many failures. */
        LEFT_ALONE,
        /** Its route does not run: nobody asks it until the hub is restarted or its descriptor saved again. */
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

    static VendorState of(VendorLine line, Targets.Count count, Said said, boolean routeGaveUp, Clock clock) {
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
                Overruled.of(said.override()),
                said.ghosts());
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
