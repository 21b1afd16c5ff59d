package fr.sas.hub.regulator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account, and how far each vendor that takes accounts knows it. */
record AccountStanding(
        UUID id,
        String family,
        String given,
        String email,
        @Nullable String nationalId,
        @Nullable String lrm,
        boolean active,
        Instant changedAt,
        String changedBy,
        @Nullable Instant loggedInAt,
        List<VendorStanding> vendors) {

    /**
     * @param attempts to tell the vendor what it has not taken yet
     * @param said the vendor's words, or what went wrong, at the last attempt that failed
     * @param nextAttemptAt not before; null when none is due
     * @param toldAt when the vendor last took the account, at whichever version
     * @param knownAs identifier under which the vendor may know the regulator
     */
    record VendorStanding(
            String vendor,
            State state,
            int attempts,
            @Nullable String said,
            @Nullable Instant saidAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant toldAt,
            @Nullable String knownAs) {}

    enum State {
        /** The vendor took the account as it is now. */
        TOLD,
        /** It is being told. */
        WAITING,
        /** It said no, or was tried for too long: not told again until the account changes or ops say so. */
        REFUSED,
        /** It will be told when the regulator logs in. */
        AT_NEXT_LOGIN,
        /** A deactivated account of which it never heard. */
        NOT_CONCERNED,
        /** Somebody threw away what it was to be told. */
        DISCARDED
    }
}
