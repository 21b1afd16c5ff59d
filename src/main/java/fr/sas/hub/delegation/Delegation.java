package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.PractitionerId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody may act for a practitioner, or was to.
 *
 * @param reason why it was refused; null in every other state
 * @param version counts its changes, from 1
 */
record Delegation(
        UUID id,
        PractitionerId practitioner,
        Delegate delegate,
        State state,
        @Nullable String reason,
        long version,
        Stamp requested,
        Stamp changed) {

    record Delegate(EmailAddress email, String family, String given, String town) {}

    record Stamp(Instant at, String by) {}

    enum State {
        REQUESTED("demandée"),
        ACCEPTED("acceptée"),
        REFUSED("refusée"),
        REVOKED("révoquée");

        private final String french;

        State(String french) {
            this.french = french;
        }

        /** As French sentences say it of a delegation. */
        String french() {
            return french;
        }

        /** As it is written on the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> named(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    boolean isOpen() {
        return state == State.REQUESTED || state == State.ACCEPTED;
    }

    Delegation in(State next, @Nullable String why, Stamp stamp) {
        return new Delegation(id, practitioner, delegate, next, why, version + 1, requested, stamp);
    }
}
