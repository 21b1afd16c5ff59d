package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.Subject;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An arrangement, requested or in force, by which someone may act for a practitioner or a health centre.
 *
 * @param subject a centre by the id under which it is stored
 * @param reason why it was refused; null in every other state
 * @param version counts its changes, from 1
 */
public record Delegation(
        UUID id,
        Subject subject,
        Delegate delegate,
        State state,
        @Nullable String reason,
        long version,
        Stamp requested,
        Stamp changed) {

    /** The person who acts for them. */
    @Embeddable
    public record Delegate(EmailAddress email, String family, String given, String town) {

        /**
         * From what was typed in. @throws fr.sas.hub.access.InvalidInput reports every fault: family, given, town,
         * email
         */
        public static Delegate of(
                @Nullable String email, @Nullable String family, @Nullable String given, @Nullable String town) {
            TypedText typed = new TypedText();
            EmailAddress address = typed.email("email", email);
            String familyName = typed.name("family", family);
            String givenName = typed.name("given", given);
            String ofTown = typed.name("town", town);
            typed.check();
            return new Delegate(Objects.requireNonNull(address), familyName, givenName, ofTown);
        }
    }

    /** @param by as {@link fr.sas.hub.access.Authorship} spells it */
    @Embeddable
    public record Stamp(Instant at, String by) {}

    public enum State {
        REQUESTED("demandée"),
        ACCEPTED("acceptée"),
        REFUSED("refusée"),
        REVOKED("révoquée");

        private final String french;

        State(String french) {
            this.french = french;
        }

        /** As used in French sentences about a delegation. */
        String french() {
            return french;
        }

        /** As represented on the wire. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> named(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.code().equals(word))
                    .findFirst();
        }
    }

    public boolean isOpen() {
        return state == State.REQUESTED || state == State.ACCEPTED;
    }
}
