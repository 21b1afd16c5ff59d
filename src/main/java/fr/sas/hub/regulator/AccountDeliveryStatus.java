package fr.sas.hub.regulator;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account, and what each vendor that takes accounts has received of it. */
record AccountDeliveryStatus(
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
        List<VendorDeliveryStatus> vendors) {

    /**
     * @param attempts to send the vendor what it has not taken yet
     * @param said the vendor's words, or the failure, at the last attempt that failed
     * @param nextAttemptAt not before; null when none is due
     * @param toldAt when the vendor last took the account, at any version
     * @param knownAs identifier under which the vendor may know the regulator
     */
    record VendorDeliveryStatus(
            String vendor,
            State state,
            int attempts,
            @Nullable String said,
            @Nullable Instant saidAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant toldAt,
            @Nullable String knownAs) {}

    enum State {
        /** The vendor took the current version. */
        TOLD,
        /** It is being sent. */
        WAITING,
        /**
         * The vendor refused it, or it was retried for too long: not sent again until the account changes or ops
         * request it.
         */
        REFUSED,
        /** It will be sent when the regulator logs in. */
        AT_NEXT_LOGIN,
        /** A deactivated account that the vendor never received. */
        NOT_CONCERNED,
        /** An operator discarded the letter. */
        DISCARDED
    }
}
